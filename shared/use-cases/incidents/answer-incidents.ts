import { NotFound } from "../../domain/errors.ts";
import type { Answer } from "../../domain/incidents/answer.ts";
import { type Answered, answerIncident } from "./answer-incident.ts";
import type { ChangeIncidentDeps } from "./change-incident.ts";

/** Incidents changed concurrently; each takes a few requests. */
const atOnce = 10;

/**
 * Acknowledges or resolves several incidents independently. Unknown ones are omitted.
 *
 * @throws Unavailable if too many events of one are pending; the ones before it are changed
 */
export async function answerIncidents(
  deps: ChangeIncidentDeps,
  incidentIds: readonly string[],
  answer: Answer,
  actor: string,
  now: number,
): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (let start = 0; start < incidentIds.length; start += atOnce) {
    const batch = incidentIds.slice(start, start + atOnce).map(async (id) => {
      try {
        return [await answerIncident(deps, id, answer, actor, now)];
      } catch (error) {
        if (error instanceof NotFound) return [];
        throw error;
      }
    });
    answered.push(...(await Promise.all(batch)).flat());
  }
  return answered;
}
