import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { nextCursor, pageQuery } from "../../fields.ts";
import { heartbeatResource } from "./heartbeat.ts";

export const listHeartbeatsContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/heartbeats",
  otherMethods: ["POST"],
  summary: "List heartbeat monitors",
  description: "Newest first, with their states.",
  right: "read",
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ heartbeats: z.array(heartbeatResource), next_cursor: nextCursor }),
});
