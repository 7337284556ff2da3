import { Conflict } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import type { ReopenCause } from "../../../domain/incidents/incident-event.ts";
import { causeWhenReopened, withUrgencyNow } from "../../../domain/incidents/incident-urgency.ts";
import { reopened } from "../../../domain/incidents/lifecycle.ts";
import type { EscalateDeps } from "../../oncall/escalate.ts";
import { type ChangeContext, type ChangeIncidentDeps, storeChange } from "../change-incident.ts";
import { withNewRound } from "../raise-urgency.ts";
import { claimsOf } from "./claim-keys.ts";

export type ReopenDeps = ChangeIncidentDeps & EscalateDeps;

/**
 * Opens an acknowledged incident again and pages from the first rule of its policy. An open incident does not change.
 *
 * @throws NotFound
 * @throws Conflict if it is resolved
 * @throws Unavailable if too many of its events are pending
 */
export function unacknowledgeIncident(
  deps: ReopenDeps,
  idOrNumber: string,
  context: ChangeContext,
  now: number,
): Promise<Incident> {
  return storeChange(deps, idOrNumber, context, now, async (incident) => {
    if (incident.status === "resolved") throw new Conflict(`Incident ${incident.number} is resolved`);
    return { incident: await reopenedAndPaged(deps, incident, "person", context.actor, now) };
  });
}

/**
 * Reopens an incident that was resolved at most seven days ago, and pages from the first rule of its policy. Its keys
 * lead to it again. An unresolved incident does not change. Reads a unit per eight keys and one per incident that they
 * lead to.
 *
 * @throws NotFound
 * @throws Conflict if it was merged or resolved too long ago, or while another unresolved incident has one of its keys
 * @throws Unavailable if too many of its events are pending
 */
export function reopenIncident(
  deps: ReopenDeps,
  idOrNumber: string,
  context: ChangeContext,
  now: number,
): Promise<Incident> {
  return storeChange(deps, idOrNumber, context, now, async (incident) => {
    if (incident.status !== "resolved") return { incident };
    const open = await reopenedAndPaged(deps, incident, "person", context.actor, now);
    return { incident: open, besides: { claims: await claimsOf(deps, incident) } };
  });
}

/**
 * Returns an incident open again, with a new round of its policy. An open incident is returned as it is. Reads up to
 * two units.
 *
 * @throws Conflict if it was merged, or resolved too long ago
 */
export async function reopenedAndPaged(
  deps: EscalateDeps,
  incident: Incident,
  cause: ReopenCause,
  actor: string | null,
  now: number,
): Promise<Incident> {
  const metadata = (by: string | null) => ({ now, eventId: idPrefixes.event + deps.ulid(now), actor: by });
  const open = reopened(incident, cause, metadata(actor));
  if (open === incident) return incident;
  return withNewRound(deps, withUrgencyNow(open, causeWhenReopened(open), metadata(null)), now, cause);
}
