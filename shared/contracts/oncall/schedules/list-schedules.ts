import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { nextCursor, pageQuery } from "../../fields.ts";
import { scheduleResource } from "./schedule.ts";

export const listSchedulesContract = defineContract({
  service: "oncall",
  method: "GET",
  path: "/api/v1/schedules",
  otherMethods: ["POST"],
  summary: "List schedules",
  description: "Newest first.",
  right: "read",
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ schedules: z.array(scheduleResource), next_cursor: nextCursor }),
});
