import type { Silence } from "../../domain/alerts/silence.ts";
import { Conflict } from "../../domain/errors.ts";
import { formatInstant } from "../../domain/time.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { readSilence } from "./read-silence.ts";
import type { SilenceDeps } from "./silence-deps.ts";

/**
 * Changes a silence that has not ended. Suppressed alerts that it no longer matches page within a minute.
 *
 * @param change may run several times
 * @throws NotFound
 * @throws Conflict if it has ended
 */
export function updateSilence(
  deps: SilenceDeps,
  id: string,
  change: (known: Silence) => Silence,
  now: number,
): Promise<Silence> {
  return retryOnConflict(async () => {
    const known = await readSilence(deps, id);
    if (known.endsAt <= now || known.plannedEnd !== null)
      throw new Conflict(`The silence ended at ${formatInstant(known.endsAt)}: create another one`);
    return deps.ruleStore.replaceSilence(known, change(known), now);
  });
}
