import type { Incident } from "../../domain/incidents/incident.ts";
import { severities } from "../../domain/severity.ts";
import type { IncidentStore } from "../ports/incidents.ts";

/** Upper limit of incidents counted per status. */
const counted = 1_000;
/** Latest incidents whose severities are known. */
const examined = 80;
/** Incidents shown in their current state. */
const shown = 15;
/** Time for which a severity is kept. */
export const severitiesKeptMs = 10_000;

export interface Unresolved {
  readonly open: number;
  readonly acknowledged: number;
  /** True if there are more than these. */
  readonly more: boolean;
  /** The latest of them, open ones first. */
  readonly latest: readonly Pick<Incident, "severity" | "createdAt">[];
  /** Greatest age of their severities, milliseconds. */
  readonly severitiesKeptMs: number;
  /** The worst of the latest, in their current state. */
  readonly worst: readonly Incident[];
}

/**
 * Returns a reader of unresolved incidents, whose cost does not grow with their number. Statuses are read from the
 * index, and incidents are kept for some seconds, because only their severities are needed.
 */
/* @__NO_SIDE_EFFECTS__ */
export function unresolvedReader(store: () => IncidentStore): (now: number) => Promise<Unresolved> {
  let known: ReadonlyMap<string, { readonly incident: Incident; readonly at: number }> = new Map();

  const read = async (ids: readonly string[], now: number): Promise<Incident[]> => {
    const isKept = (id: string) => {
      const at = known.get(id)?.at ?? Number.NEGATIVE_INFINITY;
      return now >= at && now - at < severitiesKeptMs;
    };
    const found = await store().findAll(ids.filter((id) => !isKept(id)));
    const fresh = new Map(found.map((incident) => [incident.id, { incident, at: now }]));
    known = new Map(
      ids.flatMap((id) => {
        const entry = fresh.get(id) ?? known.get(id);
        return entry ? [[id, entry]] : [];
      }),
    );
    return [...known.values()].map(({ incident }) => incident);
  };

  return async (now) => {
    const [open, acknowledged] = await Promise.all([
      store().idsIn("open", counted),
      store().idsIn("acknowledged", counted),
    ]);
    const latest = await read([...open, ...acknowledged].slice(0, examined), now);
    const candidates = worstFirst(latest, new Set(open)).slice(0, shown);
    const current = await store().findAll(
      candidates.map(({ id }) => id),
      { consistent: true },
    );
    return {
      open: open.length,
      acknowledged: acknowledged.length,
      more: open.length === counted || acknowledged.length === counted,
      latest,
      severitiesKeptMs,
      worst: worstFirst(
        current.filter(({ status }) => status !== "resolved"),
        new Set(current.filter(({ status }) => status === "open").map(({ id }) => id)),
      ),
    };
  };
}

/** Sorts open incidents before acknowledged ones, then by severity, then by age. */
function worstFirst(incidents: readonly Incident[], open: ReadonlySet<string>): Incident[] {
  const rank = ({ id, severity }: Incident) =>
    (open.has(id) ? 0 : severities.length) + severities.indexOf(severity);
  return incidents.toSorted((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt);
}
