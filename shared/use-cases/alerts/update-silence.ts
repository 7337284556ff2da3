import type { Silence } from "../../domain/alerts/silence.ts";
import { Conflict } from "../../domain/errors.ts";
import { formatInstant } from "../../domain/time.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { readSilence } from "./read-silence.ts";
import { authorizeSilence, type ChangeSilenceDeps } from "./silence-deps.ts";

/**
 * Changes a silence that has not ended. Suppressed alerts that it no longer matches page within a minute.
 *
 * @param change may run several times
 * @throws NotFound
 * @throws Conflict if it has ended
 */
export function updateSilence(
  deps: ChangeSilenceDeps,
  id: string,
  change: (known: Silence) => Silence,
  now: number,
): Promise<Silence> {
  return retryOnConflict(async () => {
    const known = await readSilence(deps, id);
    await authorizeSilence(deps, known);
    if (known.endsAt <= now || known.plannedEnd !== null)
      throw new Conflict(`The silence ended at ${formatInstant(known.endsAt)}: create another one`);
    const changed = change(known);
    await authorizeSilence(deps, changed);
    return deps.ruleStore.replaceSilence(known, changed, now);
  });
}
