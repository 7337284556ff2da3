/** Settings of a service as form data: unvalidated texts. */
import * as z from "zod";
import { durationInput } from "../../../contracts/duration.ts";
import { serviceFields, serviceInput } from "../../../contracts/oncall/services/service.ts";
import { formatDuration } from "../../../domain/duration.ts";
import type { Fault } from "../../../domain/errors.ts";
import { urgencyChoices } from "../../../domain/incidents/urgency.ts";
import { limits } from "../../../domain/limits.ts";
import { newService, type Service } from "../../../domain/oncall/service.ts";
import { distinct, faultsOf } from "../../../validation/faults.ts";
import {
  draftOfUrgency,
  emptyHours,
  urgencyBodyOf,
  urgencyDraftFields,
  urgencyFault,
} from "../../components/forms/urgency-draft.ts";

const typed = () => z.string().catch("");
const rows = <T extends z.ZodType>(row: T) => z.array(row).catch([]);
export const serviceDraft = z.object({
  team: typed(),
  description: typed(),
  runbook_url: typed(),
  links: rows(z.object({ text: typed(), href: typed() })),
  auto_resolve: typed(),
  acknowledgement_timeout: typed(),
  ...urgencyDraftFields,
  urgency: z.enum([...urgencyChoices, "hours"]).catch("high"),
});

export type ServiceDraft = z.output<typeof serviceDraft>;

/** Converts stored settings to form data. */
export function draftOfService(settings: Service | undefined, team: string): ServiceDraft {
  const service = settings ?? { ...newService, team };
  const duration = (seconds: number | null) => (seconds === null ? "" : formatDuration(seconds));
  return serviceDraft.parse({
    team: service.team,
    description: service.description ?? "",
    runbook_url: service.runbookUrl ?? "",
    links: service.links,
    auto_resolve: duration(service.autoResolveSeconds),
    acknowledgement_timeout: duration(service.acknowledgementTimeoutSeconds),
    ...draftOfUrgency(service.urgency),
  });
}

const { auto_resolve_seconds, acknowledgement_timeout_seconds, ...fields } = serviceInput.shape;
const body = z.strictObject({
  ...fields,
  auto_resolve: durationInput(auto_resolve_seconds).nullable(),
  acknowledgement_timeout: durationInput(acknowledgement_timeout_seconds).nullable(),
});

type Fields = ReturnType<typeof serviceFields>;

/** Returns the settings, or the faults at the form's fields. */
export function parseServiceDraft(
  draft: ServiceDraft,
): { readonly fields: Fields } | { readonly faults: readonly Fault[] } {
  const parsed = body.safeParse({
    team: draft.team,
    description: draft.description.trim() || null,
    runbook_url: draft.runbook_url.trim() || null,
    links: draft.links.map(({ text, href }) => ({ text, href: href.trim() })),
    auto_resolve: draft.auto_resolve.trim() || null,
    acknowledgement_timeout: draft.acknowledgement_timeout.trim() || null,
    urgency: urgencyBodyOf(draft),
  });
  const withoutDays = emptyHours(draft);
  if (parsed.success && withoutDays.length === 0) {
    const { auto_resolve, acknowledgement_timeout, ...rest } = parsed.data;
    return {
      fields: serviceFields({
        ...rest,
        auto_resolve_seconds: auto_resolve,
        acknowledgement_timeout_seconds: acknowledgement_timeout,
      }),
    };
  }
  const faults = parsed.success ? [] : faultsOf(parsed.error.issues, limits.faultsPerReply);
  return { faults: distinct([...withoutDays, ...faults.map((fault) => urgencyFault(fault, draft))]) };
}
