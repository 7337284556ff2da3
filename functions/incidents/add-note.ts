import { addNoteContract } from "../../shared/contracts/incidents/add-note.ts";
import { presentNote } from "../../shared/contracts/incidents/incident.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { addNote } from "../../shared/use-cases/incidents/add-note.ts";

export const handler = creatingEndpoint(addNoteContract, async ({ params, body, now, ulid, caller }) => {
  const { author, content } = body;
  const note = await addNote(
    { ...changeDeps(), ulid },
    params.id,
    { author: author ?? caller, content },
    now,
  );
  return { body: presentNote(note), location: `/api/v1/incidents/${note.incidentId}` };
});
