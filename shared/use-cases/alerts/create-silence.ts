import type { Silence } from "../../domain/alerts/silence.ts";
import { AlreadyExists, Conflict } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import type { Ulid } from "../ports/system.ts";
import { authorizeSilence, type ChangeSilenceDeps } from "./silence-deps.ts";

export type SilenceDraft = Omit<Silence, "id" | "plannedEnd" | "createdAt" | "version">;

/** @throws Conflict if there are too many current and upcoming silences */
export async function createSilence(
  deps: ChangeSilenceDeps & { readonly ulid: Ulid },
  draft: SilenceDraft,
  now: number,
): Promise<Silence> {
  await authorizeSilence(deps, draft);
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
