import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { shiftResource } from "../on-call.ts";
import { warnings } from "./plan-warnings.ts";
import { previewDocs, previewInput } from "./preview.ts";
import { scheduleReadOnly } from "./schedule.ts";

export const previewScheduleContract = defineContract({
  service: "oncall",
  method: "POST",
  path: "/api/v1/schedules/preview",
  summary: "Preview a schedule",
  description: "Returns the shifts of a schedule without storing it.",
  right: "read",
  body: previewInput,
  readOnly: scheduleReadOnly,
  bodyDocs: previewDocs,
  status: 200,
  response: z.object({ shifts: z.array(shiftResource), warnings }),
});
