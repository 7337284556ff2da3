import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { defineContract } from "../contract.ts";
import { instantInput } from "../fields.ts";
import { changeContextShape } from "./change-context.ts";
import { incidentResource } from "./incident.ts";
import { incidentParams } from "./params.ts";

const workingMorning = "next_working_morning";

const body = z
  .strictObject({
    seconds: z.int().min(limits.shortestSnoozeSeconds).max(limits.longestSnoozeSeconds).optional(),
    until: z
      .union(
        [z.literal(workingMorning), instantInput],
        `must be ${workingMorning}, or a time such as 2026-11-23T10:00:00Z; without an offset it is UTC`,
      )
      .optional()
      .meta({
        description: `A time at most ${limits.longestSnoozeSeconds / 86_400} days from now, or 09:00 of the next Monday to Friday in the time zone of the person on call.`,
      }),
    ...changeContextShape,
  })
  .superRefine(({ seconds, until }, context) => {
    if ((seconds === undefined) !== (until === undefined)) return;
    const message =
      seconds === undefined ? "is required, unless until is given" : "must not be combined with until";
    context.addIssue({ code: "custom", path: ["seconds"], message });
  });

export const snoozeIncidentContract = defineContract({
  service: "incidents",
  method: "POST",
  path: "/api/v1/incidents/{id}/snooze",
  summary: "Snooze an incident",
  description:
    "Acknowledges the incident until a time. Then it is open again and pages from the first rule. Snoozing again replaces the snooze. An acknowledgement or a resolution ends it.",
  right: "respond",
  team: "resource",
  params: incidentParams,
  body,
  status: 200,
  response: incidentResource,
  errors: { 409: "The incident is resolved" },
});
