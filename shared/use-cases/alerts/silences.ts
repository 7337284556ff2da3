import { type Silence, silenceEndedAt } from "../../domain/alerts/silence.ts";
import { AlreadyExists, Conflict } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import type { RuleStore } from "../ports/alerts.ts";
import type { Ulid } from "../ports/system.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

interface SilenceDeps {
  readonly ruleStore: RuleStore;
}

export type SilenceDraft = Omit<Silence, "id" | "plannedEnd" | "createdAt" | "version">;

/** @throws Conflict if there are too many current and upcoming silences */
export async function createSilence(
  deps: SilenceDeps & { readonly ulid: Ulid },
  draft: SilenceDraft,
  now: number,
): Promise<Silence> {
  const id = idPrefixes.silence + deps.ulid(now);
  const { silences } = await deps.ruleStore.load(now);
  const known = silences.find((silence) => silence.id === id);
  if (known) return known;
  if (silences.length >= limits.silencesToCome)
    throw new Conflict(`There are ${limits.silencesToCome} current and upcoming silences, the maximum`);
  const silence = { ...draft, id, plannedEnd: null, createdAt: now, version: 1 };
  try {
    await deps.ruleStore.createSilence(silence);
    return silence;
  } catch (error) {
    // The same request arrived twice concurrently.
    const stored = error instanceof AlreadyExists ? await deps.ruleStore.findSilence(id) : undefined;
    if (stored) return stored;
    throw error;
  }
}

/** @throws NotFound */
export async function readSilence({ ruleStore }: SilenceDeps, id: string): Promise<Silence> {
  return required(await ruleStore.findSilence(id), "silence", id);
}

/** Ends a silence now. Alerts that still fire page within a minute. @throws NotFound */
export function endSilence(deps: SilenceDeps, id: string, now: number): Promise<Silence> {
  return retryOnConflict(async () => {
    const known = await readSilence(deps, id);
    const ended = silenceEndedAt(known, now);
    return ended === known ? known : deps.ruleStore.endSilence(known, ended);
  });
}
