import { NotFound, Unavailable } from "../../domain/errors.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { limits } from "../../domain/limits.ts";
import type { IncidentStore } from "../ports/incidents.ts";

/**
 * Returns the incident with an ID or number.
 *
 * @throws NotFound
 */
export async function findIncident(
  { incidents }: { readonly incidents: IncidentStore },
  idOrNumber: string,
): Promise<Incident> {
  const incident = isNumber(idOrNumber)
    ? await incidents.findByNumber(Number(idOrNumber))
    : await incidents.find(idOrNumber);
  if (!incident) throw new NotFound("incident", idOrNumber);
  return incident;
}

/** Returns the ID of an incident with an ID or number, for a filter. A number without an incident matches nothing. */
export async function incidentIdOf(
  { incidents }: { readonly incidents: Pick<IncidentStore, "findByNumber"> },
  idOrNumber: string | undefined,
): Promise<string | undefined> {
  if (idOrNumber === undefined || !isNumber(idOrNumber)) return idOrNumber;
  return (await incidents.findByNumber(Number(idOrNumber)))?.id ?? idOrNumber;
}

function isNumber(idOrNumber: string): boolean {
  return /^\d{1,15}$/.test(idOrNumber);
}

/**
 * Returns an incident to be changed.
 *
 * @throws NotFound
 * @throws Unavailable if too many of its events are pending
 */
export async function findChangeable(
  deps: { readonly incidents: IncidentStore },
  idOrNumber: string,
): Promise<Incident> {
  const incident = await findIncident(deps, idOrNumber);
  if (incident.pendingEvents.length >= limits.pendingEvents) throw new Unavailable("The event queue");
  return incident;
}
