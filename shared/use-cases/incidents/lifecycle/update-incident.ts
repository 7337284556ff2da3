import { configuredKey, type Ownership } from "../../../domain/alerts/correlation.ts";
import { Invalid } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { type Incident, type IncidentCommand, latestPassOf } from "../../../domain/incidents/incident.ts";
import { withUrgency } from "../../../domain/incidents/incident-urgency.ts";
import { assertNotMerged, reopened } from "../../../domain/incidents/lifecycle.ts";
import { withOwner, withSettingsOfService } from "../../../domain/incidents/owner.ts";
import type { Urgency } from "../../../domain/incidents/urgency-level.ts";
import type { Link } from "../../../domain/link.ts";
import { defaultPolicy, type EscalationPolicy } from "../../../domain/oncall/escalation.ts";
import type { ScheduleHistory } from "../../../domain/oncall/on-call.ts";
import { linksOfService } from "../../../domain/oncall/service.ts";
import { type EscalateDeps, withRound } from "../../oncall/escalate.ts";
import { type OwnershipDeps, resolveOwnership } from "../../oncall/services/resolve-ownership.ts";
import {
  type ChangeContext,
  type Changed,
  type ChangeIncidentDeps,
  changeIncident,
  executeAll,
  storeChange,
} from "../change-incident.ts";
import { withNewRound } from "../raise-urgency.ts";
import { claimsOf } from "./claim-keys.ts";

export type UpdateIncidentDeps = ChangeIncidentDeps & EscalateDeps & OwnershipDeps;

interface IncidentUpdate extends ChangeContext {
  /** Executed after the other changes. */
  readonly commands: readonly IncidentCommand[];
  readonly service?: string | undefined;
  readonly team?: string | undefined;
  readonly urgency?: Urgency | undefined;
}

/**
 * Changes an incident, all or nothing. Another team takes an unresolved incident over: it is open, and pages from the
 * first rule of that team's present policy, unless the same request acknowledges or resolves it. A service without a
 * team moves it to the team that owns the service. The settings of another service apply from now on.
 *
 * A resolved incident may move, which corrects statistics and pages no one.
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
    assertNotMerged(incident);
    const { incident: moved, besides } = await withChanges(deps, incident, update, now);
    return { incident: await executeAll(deps, moved, { commands, actor }, now), besides };
  });
}

/** Returns the incident with its new urgency, service and team, and paged if one of them requires it. */
async function withChanges(
  deps: UpdateIncidentDeps,
  incident: Incident,
  update: IncidentUpdate,
  now: number,
): Promise<Changed> {
  const { urgency, actor } = update;
  const metadata = () => ({ now, eventId: idPrefixes.event + deps.ulid(now), actor });
  const [ownership, left] = await Promise.all([
    ownershipOf(deps, incident, update, now),
    linksLeft(deps, incident, update, now),
  ]);
  const { service = incident.service, team = ownership?.team ?? incident.team } = update;
  const taker =
    team === incident.team ? undefined : await loadTeam(deps, team, update.team !== undefined, now);
  const urgent = urgency === undefined ? incident : withUrgency(incident, urgency, metadata());
  const owned = withOwner(urgent, { service, team }, metadata());
  const settings = { ...metadata(), actor: null };
  const moved = ownership ? withSettingsOfService(owned, ownership, left, settings) : owned;
  const policy = taker && { policy: taker.policy };
  if (moved.status === "resolved") return { incident: moved, besides: { ...policy } };
  const claims = ownership ? await claimsOf(deps, moved, { ownKeys: keysAt(moved) }) : [];
  const isAnswered = update.commands.some((command) => command.type === "move" && command.to !== "open");
  if (taker) {
    const open = reopened(moved, "moved", metadata());
    // Its pages and timers are new, also if the first team reached no one.
    const afterRound = { ...open, lastPass: latestPassOf(open) };
    const paged = isAnswered
      ? { ...afterRound, escalation: null }
      : withRound(deps, afterRound, taker.policy, taker.history, now, "moved");
    return { incident: paged, besides: { ...policy, claims } };
  }
  const isRaised = incident.urgency === "low" && moved.urgency !== "low" && moved.status === "open";
  const next = isRaised && !isAnswered ? await withNewRound(deps, moved, now) : moved;
  return { incident: next, besides: { claims } };
}

/** Returns the key of its alerts at its present service. Those of an earlier one stay. */
function keysAt({ service, severity, dedupKey }: Incident): string[] {
  return dedupKey === null ? [] : [configuredKey({ service, severity, dedupKey })];
}

/** Returns the settings and the owner of another service that the incident moves to. */
async function ownershipOf(
  deps: OwnershipDeps,
  incident: Incident,
  { service = incident.service }: IncidentUpdate,
  now: number,
): Promise<Ownership | undefined> {
  return service === incident.service ? undefined : resolveOwnership(deps, service, now);
}

/** Returns the links of the service that an incident leaves, for up to one read unit. */
async function linksLeft(
  { services }: OwnershipDeps,
  incident: Incident,
  { service = incident.service }: IncidentUpdate,
  now: number,
): Promise<Link[]> {
  const left = service === incident.service ? undefined : await services.find(incident.service, now);
  return left ? linksOfService(left) : [];
}

/** @throws Invalid if the team was chosen and does not exist */
async function loadTeam(
  { schedules }: UpdateIncidentDeps,
  team: string,
  isChosen: boolean,
  now: number,
): Promise<{ readonly policy: EscalationPolicy; readonly history: ScheduleHistory | null }> {
  const loaded = await schedules.load(team, now);
  if (!loaded && isChosen)
    throw new Invalid([{ path: "team", message: `${JSON.stringify(team)} does not exist` }]);
  return { policy: loaded?.policy ?? defaultPolicy, history: loaded?.history ?? null };
}
