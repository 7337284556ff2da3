import { NotFound } from "../../domain/errors.ts";
import type { Answer } from "../../domain/incidents/answer.ts";
import { type Answered, answerIncident } from "./answer-incident.ts";
import type { ChangeIncidentDeps } from "./change-incident.ts";

/** So many at a time: each is a few requests of its own. */
const atOnce = 10;

/**
 * Answers several incidents, each by itself; one that is gone is left out.
 *
 * @throws Unavailable when too many changes of one wait to be published; those before it are answered
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
