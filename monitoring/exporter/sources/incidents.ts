import * as z from "zod";
import { timeOfId } from "../../../shared/domain/ids.ts";
import {
  type Incident,
  type IncidentStatus,
  incidentStatuses,
  mttaSeconds,
  mttrSeconds,
} from "../../../shared/domain/incidents/incident.ts";
import { mapOf } from "../checkpoint.ts";
import {
  batchesOf,
  type FollowDeps,
  followCheckpoint,
  forgetOld,
  freshIn,
  overlapMs,
  positionAt,
  positionSchema,
  take,
} from "../follow.ts";
import type { Labels } from "../metrics.ts";
import { follower, type Source } from "../source.ts";
import {
  count,
  emptyTally,
  observe,
  publishCounter,
  publishHistogram,
  type Tally,
  tallySchema,
} from "../tally.ts";

const unresolvedStatuses = ["open", "acknowledged"] as const satisfies IncidentStatus[];

/** `open_again`: open after an acknowledgement or a resolution, which was counted. */
const countedStatuses = [...unresolvedStatuses, "open_again"] as const;
type CountedStatus = (typeof countedStatuses)[number];

/** Usual time after which an index no longer lists a resolved incident as unresolved, unless it was reopened. */
const indexLagMs = 60_000;

const stateSchema = z.object({
  position: positionSchema,
  /** Status counted for each unresolved incident. */
  unresolved: mapOf(z.enum(countedStatuses)),
  /**
   * Resolved incidents and the time when that was noticed, in epoch milliseconds. An index can still list
   * them as unresolved.
   */
  resolved: mapOf(z.number()),
  tally: tallySchema,
});
type State = z.output<typeof stateSchema>;

/** Maximum age of severity and team in the gauge of unresolved incidents. No event reports their changes. */
const labelsFreshForMs = 60_000;

/**
 * Incidents, counted once at every status that they reach.
 *
 * A read costs the index entries of the last 15 minutes and of unresolved incidents, plus the items that are
 * new or have left their status. A new incident can be far behind the others if its alert waited in a queue.
 * While it is unresolved, the partition of its status lists it.
 */
export function incidentsSource(deps: FollowDeps): Source {
  const { history, metrics, clock } = deps;
  /** Gauge labels of each unresolved incident; read again after a restart. */
  const labels = new Map<string, Labels>();
  let labelsReadAt = Number.NEGATIVE_INFINITY;

  async function listUnresolved(): Promise<Map<string, IncidentStatus>> {
    const listed = new Map<string, IncidentStatus>();
    for (const status of unresolvedStatuses) {
      for await (const id of history.incidentsIn(status)) listed.set(id, status);
    }
    return listed;
  }

  async function newIds(
    { position, unresolved, resolved }: State,
    listed: ReadonlyMap<string, IncidentStatus>,
    now: number,
  ): Promise<string[]> {
    const fresh = (await freshIn(position, history.incidentsSince)).map(({ id }) => id);
    const isReopened = (id: string) =>
      listed.has(id) && now - (resolved.get(id) ?? Number.POSITIVE_INFINITY) > indexLagMs;
    const isKnown = (id: string) =>
      unresolved.has(id) || ((resolved.has(id) || position.taken.has(id)) && !isReopened(id));
    // In order of time, so that the position never passes an entry that was not counted. Late entries follow.
    return [...new Set([...fresh, ...listed.keys()])].filter((id) => !isKnown(id));
  }

  function keep(state: State, incident: Incident, now: number): void {
    const { id, status, severity, service, team, acknowledgedAt } = incident;
    if (status === "resolved") {
      state.unresolved.delete(id);
      state.resolved.set(id, now);
      labels.delete(id);
    } else {
      state.unresolved.set(id, status === "open" && acknowledgedAt !== null ? "open_again" : status);
      state.resolved.delete(id);
      labels.set(id, { status, severity, service, team });
    }
  }

  return follower<State>(
    {
      name: "incidents",
      metrics: [
        "incidents_total",
        "incidents_created_total",
        "incidents_unresolved",
        "incident_mtta_seconds",
        "incident_mttr_seconds",
      ],
      checkpoint: followCheckpoint(deps, "incidents", stateSchema),

      async begin(now) {
        const state: State = {
          position: positionAt(now),
          unresolved: new Map(),
          resolved: new Map(),
          tally: emptyTally(),
        };
        for (const status of incidentStatuses) count(state.tally, "incidents_total", { status }, 0);
        const ids = await newIds(state, await listUnresolved(), now);
        for (const batch of batchesOf(ids)) {
          for (const incident of await history.incidents(batch)) {
            keep(state, incident, now);
            take(state.position, incident.id, timeOfId(incident.id), now);
          }
        }
        return state;
      },

      async advance(state, now) {
        const listed = await listUnresolved();
        const fresh = await newIds(state, listed, now);
        const labelsAreOld = now - labelsReadAt >= labelsFreshForMs;
        const again = [...state.unresolved].flatMap(([id, status]) =>
          labelsAreOld || listed.get(id) !== listedAs(status) ? id : [],
        );
        let changed = false;
        for (const batch of batchesOf(fresh)) {
          const incidents = await history.incidents(batch);
          const severities = await Promise.all(incidents.map(history.severityAtOpening));
          for (const [index, incident] of incidents.entries()) {
            // A reopened incident was counted before it was resolved, and so was one that an old index lists.
            if (incident.reopenedAt === undefined && !state.resolved.has(incident.id)) {
              const severity = severities[index] ?? incident.severity;
              count(state.tally, "incidents_created_total", { severity, service: incident.service });
              countArrivals(state.tally, undefined, incident);
            }
            keep(state, incident, now);
            take(state.position, incident.id, timeOfId(incident.id), now);
            changed = true;
          }
        }
        for (const batch of batchesOf(again)) {
          for (const incident of await history.incidents(batch)) {
            const from = state.unresolved.get(incident.id);
            if (from === undefined) continue;
            if (countArrivals(state.tally, from, incident)) changed = true;
            keep(state, incident, now);
          }
        }
        if (labelsAreOld) labelsReadAt = now;
        forgetOld(state.position);
        for (const [id, at] of state.resolved) if (now - at > overlapMs) state.resolved.delete(id);
        return changed;
      },

      publish({ tally }) {
        publishCounter(tally, "incidents_total", metrics);
        publishCounter(tally, "incidents_created_total", metrics);
        publishHistogram(tally, "incident_mtta_seconds", metrics);
        publishHistogram(tally, "incident_mttr_seconds", metrics);
        const alike = Map.groupBy(labels.values(), (each) => JSON.stringify(each));
        metrics.replace(
          "incidents_unresolved",
          [...alike.values()].flatMap(([first, ...others]) =>
            first ? { labels: first, value: 1 + others.length } : [],
          ),
        );
      },
    },
    clock,
  );
}

/**
 * @param from the last counted status; undefined for none @returns true if the incident has reached another
 */
function countArrivals(tally: Tally, from: CountedStatus | undefined, incident: Incident): boolean {
  if (incident.reopenedAt !== undefined) return false;
  const arrivals = arrivalsAfter(from, incident);
  for (const status of arrivals) count(tally, "incidents_total", { status });
  const [mtta, mttr] = [mttaSeconds(incident), mttrSeconds(incident)];
  if (mtta !== null && (from === undefined || from === "open") && arrivals.length > 0) {
    observe(tally, "incident_mtta_seconds", mtta);
  }
  if (mttr !== null && arrivals.length > 0) observe(tally, "incident_mttr_seconds", mttr);
  return arrivals.length > 0;
}

/**
 * Statuses that an incident reached since the last counted one, in order. Derived from the incident's own
 * timestamps, so the result does not depend on when it is read. An incident that is resolved without an
 * acknowledgement has both times in one, and was never acknowledged.
 */
function arrivalsAfter(
  from: CountedStatus | undefined,
  { status, acknowledgedAt, resolvedAt }: Pick<Incident, "status" | "acknowledgedAt" | "resolvedAt">,
): IncidentStatus[] {
  const answered = acknowledgedAt !== null && acknowledgedAt !== resolvedAt;
  const statuses: IncidentStatus[] = ["open"];
  if (answered || from === "acknowledged" || from === "open_again") statuses.push("acknowledged");
  if (status === "resolved") statuses.push("resolved");
  if (from === undefined) return statuses;
  return statuses.slice(statuses.indexOf(from === "open_again" ? "acknowledged" : from) + 1);
}

function listedAs(status: CountedStatus): IncidentStatus {
  return status === "open_again" ? "open" : status;
}
