import { configuredKey } from "../../../domain/alerts/correlation.ts";
import { Invalid } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { Incident, IncidentCommand } from "../../../domain/incidents/incident.ts";
import type { Owner } from "../../../domain/incidents/incident-event.ts";
import { withUrgency } from "../../../domain/incidents/incident-urgency.ts";
import { reopened } from "../../../domain/incidents/lifecycle.ts";
import { withOwner } from "../../../domain/incidents/owner.ts";
import type { Urgency } from "../../../domain/incidents/urgency-level.ts";
import { defaultPolicy } from "../../../domain/oncall/escalation.ts";
import { type EscalateDeps, withRound } from "../../oncall/escalate.ts";
import { type OwnershipDeps, resolveOwnership } from "../../oncall/resolve-ownership.ts";
import type { KeyClaim, SavedBesides } from "../../ports/incidents.ts";
import {
  type ChangeIncidentDeps,
  changeIncident,
  executeAll,
  type Remark,
  storeChange,
} from "../change-incident.ts";
import { withNewRound } from "../raise-urgency.ts";
import { claimsOf } from "./reopen-incident.ts";

export type UpdateIncidentDeps = ChangeIncidentDeps & EscalateDeps & OwnershipDeps;

interface IncidentUpdate extends Remark {
  /** Executed after the other changes. */
  readonly commands: readonly IncidentCommand[];
  readonly service?: string | undefined;
  readonly team?: string | undefined;
  readonly urgency?: Urgency | undefined;
}

/** A changed incident, and what is stored with it. */
interface Changed {
  readonly incident: Incident;
  readonly besides: SavedBesides;
}

/**
 * Changes an incident, all or nothing. Another team takes an unresolved incident over: it is open, and pages from the
 * first rule of that team's present policy. A service without a team moves it to the team that owns the service.
 *
 * @throws NotFound
 * @throws Invalid for an unknown team
 * @throws Conflict if its status does not allow one of the changes, or another unresolved incident has its key
 * @throws Unavailable if too many of its events are pending
 */
export async function updateIncident(
  deps: UpdateIncidentDeps,
  idOrNumber: string,
  update: IncidentUpdate,
  now: number,
): Promise<Incident> {
  const { commands, service, team, urgency, actor } = update;
  if (service === undefined && team === undefined && urgency === undefined)
    return changeIncident(deps, idOrNumber, update, now);
  return storeChange(deps, idOrNumber, update, now, async (incident) => {
    const { incident: moved, besides } = await withChanges(deps, incident, update, now);
    return { incident: await executeAll(deps, moved, { commands, actor }, now), besides };
  });
}

/** Returns the incident with its new urgency, service and team, and paged if one of them requires it. */
async function withChanges(
  deps: UpdateIncidentDeps,
  incident: Incident,
  { service, team, urgency, actor }: IncidentUpdate,
  now: number,
): Promise<Changed> {
  const metadata = () => ({ now, eventId: idPrefixes.event + deps.ulid(now), actor });
  const to = await ownerOf(deps, incident, { service, team }, now);
  const urgent = urgency === undefined ? incident : withUrgency(incident, urgency, metadata());
  const moved = withOwner(urgent, to, metadata());
  if (moved.status === "resolved") return { incident: moved, besides: {} };
  const claims: readonly KeyClaim[] =
    to.service === incident.service ? [] : await claimsOf(deps, moved, keysAt(moved));
  if (to.team !== incident.team) {
    const loaded = await deps.schedules.load(to.team, now);
    if (!loaded && team !== undefined)
      throw new Invalid([{ path: "team", message: `${JSON.stringify(team)} does not exist` }]);
    const policy = loaded?.policy ?? defaultPolicy;
    const open = reopened(moved, "moved", metadata());
    const paged = withRound(deps, open, policy, loaded?.history ?? null, now, "moved");
    return { incident: paged, besides: { policy, claims } };
  }
  const isRaised = incident.urgency === "low" && moved.urgency !== "low" && moved.status === "open";
  return { incident: isRaised ? await withNewRound(deps, moved, now) : moved, besides: { claims } };
}

/** Returns the key of its alerts at its present service. Those of an earlier one stay. */
function keysAt({ service, severity, dedupKey }: Incident): string[] {
  return dedupKey === null ? [] : [configuredKey({ service, severity, dedupKey })];
}

/** Returns the service and team that the incident moves to. */
async function ownerOf(
  deps: OwnershipDeps,
  incident: Incident,
  { service = incident.service, team }: Pick<IncidentUpdate, "service" | "team">,
  now: number,
): Promise<Owner> {
  if (team !== undefined) return { service, team };
  if (service === incident.service) return { service, team: incident.team };
  return { service, team: (await resolveOwnership(deps, service, now)).team };
}
