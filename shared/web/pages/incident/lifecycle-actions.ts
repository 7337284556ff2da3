import * as z from "zod";
import { incidentParams } from "../../../contracts/incidents/params.ts";
import { timezone } from "../../../contracts/oncall/local.ts";
import { Conflict } from "../../../domain/errors.ts";
import { chosenEnd, snoozeChoices } from "../../../domain/incidents/snooze/snooze-choice.ts";
import { snoozeEnd } from "../../../domain/incidents/snooze/snooze-end.ts";
import { firstInstantOf } from "../../../domain/wall-clock.ts";
import type {
  reopenIncident,
  unacknowledgeIncident,
} from "../../../use-cases/incidents/lifecycle/reopen-incident.ts";
import type { snoozeIncident } from "../../../use-cases/incidents/lifecycle/snooze-incident.ts";
import { formatLocal } from "../../components/local-time.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { localMinute } from "../../site/forms/local-minute.ts";
import type { Wired } from "../../site/use-case.ts";

interface UseCases {
  readonly snoozeIncident: Wired<typeof snoozeIncident>;
  readonly unacknowledgeIncident: Wired<typeof unacknowledgeIncident>;
  readonly reopenIncident: Wired<typeof reopenIncident>;
}

const snooze = z
  .object({
    for: z.enum(snoozeChoices).optional(),
    until: localMinute.optional(),
    timezone: timezone.optional(),
  })
  .refine((form) => form.for !== undefined || form.until !== undefined, {
    path: ["until"],
    message: "is required",
  });

export const snoozeIncidentAction = action(
  { right: "respond", team: "resource", params: incidentParams, form: snooze, errorsInPlace: true },
  async ({ params, form, actor, now, back, viewer }, { snoozeIncident }: UseCases) => {
    const { for: choice, until, timezone: zone = viewer.timezone ?? "UTC" } = form;
    const at = until === undefined ? undefined : firstInstantOf(until, zone);
    const end = choice === undefined ? snoozeEnd({ until: at }, now) : chosenEnd(choice, now);
    const context = { actor, note: null };
    return afterConflict(back, async () => {
      const { number, snoozedUntil = now } = await snoozeIncident(params.id, end, context, now);
      return `Snoozed incident #${number} until ${formatLocal(snoozedUntil, zone)} (${zone}).`;
    });
  },
);

export const reopenIncidentAction = action(
  {
    right: "respond",
    team: "resource",
    params: incidentParams,
    form: z.object({ from: z.enum(["acknowledged", "resolved"]) }),
  },
  async ({ params, form: { from }, actor, now, back }, useCases: UseCases) => {
    const context = { actor, note: null };
    return afterConflict(back, async () => {
      const open = from === "resolved" ? useCases.reopenIncident : useCases.unacknowledgeIncident;
      const { number } = await open(params.id, context, now);
      return from === "resolved" ? `Reopened incident #${number}.` : `Unacknowledged incident #${number}.`;
    });
  },
);

/** Returns to the page with the result, or with the reason why the incident's state does not allow it. */
async function afterConflict(back: string, act: () => Promise<string>) {
  try {
    return { to: back, flash: done(await act()) };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return { to: back, flash: trouble(`${error.message.replace(/\.$/, "")}.`) };
  }
}
