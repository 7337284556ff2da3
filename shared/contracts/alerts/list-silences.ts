import * as z from "zod";
import { defineContract } from "../contract.ts";
import { nextCursor, pageQuery } from "../fields.ts";
import { silenceResource } from "./silence.ts";

export const listSilencesContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/silences",
  otherMethods: ["POST"],
  summary: "List silences and maintenance windows",
  description: "Newest first, including expired ones.",
  right: "read",
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ silences: z.array(silenceResource), next_cursor: nextCursor }),
});
