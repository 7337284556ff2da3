import type { Incident } from "../../domain/incidents/incident.ts";
import { severities } from "../../domain/severity.ts";
import type { IncidentStore } from "../ports/incidents.ts";

/** Upper limit of incidents counted per status. */
const counted = 1_000;
/** Time for which a severity is kept. */
export const severitiesKeptMs = 10_000;

/** Incidents to choose, and their order. */
export interface UnresolvedQuery {
  /** Latest incidents to choose from. Half a read unit each, once in ten seconds. */
  readonly examined: number;
  /** Incidents returned in their current state. Half a read unit each, twice that if consistent. */
  readonly shown: number;
  /** False allows a state that is up to a second old. */
  readonly consistent: boolean;
  /** Default: all. */
  readonly matches?: (incident: Incident) => boolean;
  /** Default: open ones first, then by severity, then the oldest. */
  readonly compare?: (a: Incident, b: Incident) => number;
  /** Selects incidents that come before all others. Default: none. */
  readonly first?: (incident: Incident) => boolean;
}

export interface Unresolved {
  readonly open: number;
  readonly acknowledged: number;
  /** True if there are more than these. */
  readonly more: boolean;
  /** The latest that match, open ones first. Their properties may be some seconds old. */
  readonly latest: readonly Incident[];
  /** True if there are older ones, which were not examined. */
  readonly olderExist: boolean;
  /** Greatest age of the latest incidents' properties, milliseconds. */
  readonly severitiesKeptMs: number;
  /** The first of the latest in the order asked for, in their current state. */
  readonly top: readonly Incident[];
}

export type ReadUnresolved = (now: number, query: UnresolvedQuery) => Promise<Unresolved>;

/**
 * Returns a reader of unresolved incidents, whose cost does not grow with their number. Statuses are read from the
 * index, and incidents are kept for some seconds, because they are only needed to choose from.
 */
/* @__NO_SIDE_EFFECTS__ */
export function unresolvedReader(store: () => IncidentStore): ReadUnresolved {
  let known: ReadonlyMap<string, { readonly incident: Incident; readonly at: number }> = new Map();

  const read = async (ids: readonly string[], now: number): Promise<Incident[]> => {
    const kept = [...known].filter(([, { at }]) => now >= at && now - at < severitiesKeptMs);
    const isKept = new Set(kept.map(([id]) => id));
    const found = await store().findAll(ids.filter((id) => !isKept.has(id)));
    known = new Map([...kept, ...found.map((incident) => [incident.id, { incident, at: now }] as const)]);
    return ids.flatMap((id) => known.get(id)?.incident ?? []);
  };

  return async (now, { examined, shown, consistent, matches = () => true, ...order }) => {
    const compare = inOrder(order);
    const [open, acknowledged] = await Promise.all([
      store().idsIn("open", counted),
      store().idsIn("acknowledged", counted),
    ]);
    // The index may list an incident in both statuses while it changes.
    const ids = new Set([...open, ...acknowledged]);
    const isOpen = new Set(open);
    const current = (await read(latestOf(open, acknowledged, examined), now)).map((incident): Incident => {
      // The index knows a new status sooner.
      return { ...incident, status: isOpen.has(incident.id) ? "open" : "acknowledged" };
    });
    const latest = current.filter(matches);
    const candidates = latest.toSorted(compare).slice(0, shown);
    const found = await store().findAll(
      candidates.map(({ id }) => id),
      { consistent },
    );
    return {
      open: open.length,
      acknowledged: acknowledged.length,
      more: open.length === counted || acknowledged.length === counted,
      latest,
      olderExist: ids.size > examined,
      severitiesKeptMs,
      top: found.filter((incident) => incident.status !== "resolved" && matches(incident)).toSorted(compare),
    };
  };
}

/** Returns the latest of both lists. A quarter are acknowledged if there are as many, so that many open ones hide none. */
function latestOf(open: readonly string[], acknowledged: readonly string[], most: number): string[] {
  const share = Math.max(Math.floor(most / 4), most - open.length);
  const others = acknowledged.slice(0, share);
  return [...new Set([...open.slice(0, most - others.length), ...others])];
}

function inOrder({ compare = worstFirst, first = () => false }: Pick<UnresolvedQuery, "compare" | "first">) {
  return (a: Incident, b: Incident) => Number(first(b)) - Number(first(a)) || compare(a, b);
}

/** Sorts open incidents before acknowledged ones, then by severity, then by age. */
function worstFirst(a: Incident, b: Incident): number {
  const rank = ({ status, severity }: Incident) =>
    (status === "open" ? 0 : severities.length) + severities.indexOf(severity);
  return rank(a) - rank(b) || a.createdAt - b.createdAt;
}
