import { NotFound } from "../domain/errors.ts";
import type { Incident } from "../domain/incident.ts";
import type { IncidentStore } from "./ports.ts";

/**
 * The incident of an id or a number.
 *
 * @throws NotFound
 */
export async function findIncident(
  { incidents }: { readonly incidents: IncidentStore },
  idOrNumber: string,
): Promise<Incident> {
  const isNumber = /^\d{1,15}$/.test(idOrNumber);
  const incident = isNumber
    ? await incidents.findByNumber(Number(idOrNumber))
    : await incidents.find(idOrNumber);
  if (!incident) throw new NotFound("incident", idOrNumber);
  return incident;
}
