import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { defineContract } from "../contract.ts";
import { text } from "../fields.ts";
import { noteResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

export const addNoteContract = defineContract({
  service: "incidents",
  method: "POST",
  path: "/api/v1/incidents/{id}/notes",
  summary: "Create a note on an incident",
  right: "respond",
  team: "resource",
  params: incidentParams,
  body: z.strictObject({
    author: text(1, limits.personNameLength).nullable().default(null),
    content: text(1, limits.noteLength),
  }),
  status: 201,
  response: noteResource,
  idempotent: true,
});
