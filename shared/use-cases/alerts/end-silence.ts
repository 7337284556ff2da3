import { type Silence, silenceEndedAt } from "../../domain/alerts/silence.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { readSilence } from "./read-silence.ts";
import { authorizeSilence, type ChangeSilenceDeps } from "./silence-deps.ts";

/** Ends a silence now. Alerts that still fire page within a minute. @throws NotFound */
export function endSilence(deps: ChangeSilenceDeps, id: string, now: number): Promise<Silence> {
  return retryOnConflict(async () => {
    const known = await readSilence(deps, id);
    await authorizeSilence(deps, known);
    const ended = silenceEndedAt(known, now);
    return ended === known ? known : deps.ruleStore.replaceSilence(known, ended, ended.endsAt);
  });
}
