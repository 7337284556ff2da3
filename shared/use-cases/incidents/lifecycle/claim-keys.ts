import { ownKeysOf, severityKeysOf } from "../../../domain/alerts/correlation.ts";
import { Conflict } from "../../../domain/errors.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { limits } from "../../../domain/limits.ts";
import type { IncidentStore, KeyClaim, KeyHolder } from "../../ports/incidents.ts";

interface ClaimOptions {
  /** Keys that no other unresolved incident may have. Default: all that belong to the incident. */
  readonly ownKeys?: readonly string[];
  /** ID of another incident that may have them. */
  readonly sharedWith?: string;
}

/**
 * Returns the keys that must lead to a reopened, moved or merged incident, but lead elsewhere. A key without an ID of
 * the sender stays with another unresolved incident. A resolved incident claims its own keys even if they lead to it,
 * because an alert may be opening another one.
 *
 * @throws Conflict if another unresolved incident has one of its own keys
 */
export async function claimsOf(
  { incidents }: { readonly incidents: Pick<IncidentStore, "findHolders"> },
  incident: Incident,
  { ownKeys = ownKeysOf(incident), sharedWith }: ClaimOptions = {},
): Promise<KeyClaim[]> {
  const own = new Set(ownKeys);
  const holders = await incidents.findHolders([...own, ...severityKeysOf(incident)]);
  const leadsHere = ({ holder }: KeyHolder) => Number(holder?.id === incident.id);
  const claims = holders
    .toSorted((a, b) => leadsHere(a) - leadsHere(b))
    .flatMap(({ key, pointer, holder }) => {
      if (holder !== undefined && holder.id === sharedWith) return [];
      if (holder?.id === incident.id && !(incident.status === "resolved" && own.has(key))) return [];
      if (holder === undefined || holder.status === "resolved") return [{ key, from: pointer }];
      if (!own.has(key)) return [];
      throw new Conflict(
        `Incident ${holder.number} has the key of incident ${incident.number}. Resolve it first, or merge them.`,
      );
    });
  // A transaction takes 100 writes, so keys that lead elsewhere come first.
  return claims.slice(0, limits.groupedAlerts);
}
