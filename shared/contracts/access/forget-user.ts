import * as z from "zod";
import type { ForgettingReport } from "../../domain/access/forget/forgetting.ts";
import { defineContract } from "../contract.ts";
import { userParams } from "./user.ts";

const count = z.int();

const forgettingResource = z
  .object({
    complete: z.boolean().meta({ description: "If false, send the request again to continue." }),
    pseudonym: z.object({ name: z.string(), email: z.string() }),
    changed: z
      .object({
        profile: count,
        schedules: count,
        services: count,
        incidents: count,
        silences: count,
        audit: count,
      })
      .meta({ description: "Changed records, including those of earlier requests." }),
    not_changed: z.array(z.object({ what: z.string(), count: count.nullable(), reason: z.string() })).meta({
      description:
        "Data that still names the person; count is null if it can't be counted. Listed once the erasure is complete.",
    }),
  })
  .meta({ id: "Forgetting" });

export const forgetUserContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/api/v1/users/{email}/forget",
  summary: "Replace a person with a pseudonym",
  description:
    "Deletes contact methods, devices and linked accounts, and replaces name and address with a pseudonym in schedules, " +
    "overrides, policies, incidents, timelines, silences and the audit log. A pseudonym is never paged: assign its " +
    "shifts to someone else. Each request works for a few seconds and may be repeated. 404 if nothing names the person.",
  right: "administer",
  audited: "user",
  params: userParams,
  status: 200,
  response: forgettingResource,
});

export function presentForgetting(report: ForgettingReport): z.input<typeof forgettingResource> {
  const { isComplete, pseudonym, counts, kept } = report;
  return {
    complete: isComplete,
    pseudonym,
    changed: counts,
    not_changed: kept.map(({ what, count, reason }) => ({ what, count, reason })),
  };
}
