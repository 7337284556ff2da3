import * as z from "zod";
import { text } from "../../../shared/contracts/fields.ts";
import { incidentParams } from "../../../shared/contracts/incidents/params.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { action } from "../../../shared/http/site.ts";
import { changeDeps } from "../../../shared/runtime/deps.ts";
import { addNote } from "../../../shared/use-cases/incidents/add-note.ts";

const form = z.object({ content: text(1, limits.noteLength) });

export const addNoteAction = action(
  "add-note",
  { params: incidentParams, form },
  async ({ params, form: { content }, actor, now, ulid, back }) => {
    await addNote({ ...changeDeps(), ulid }, params.id, { author: actor, content }, now);
    return { to: back, flash: { kind: "done", text: "Added the note." } };
  },
);
