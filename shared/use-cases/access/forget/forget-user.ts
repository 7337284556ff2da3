import {
  advance,
  type Forgetting,
  type ForgettingReport,
  type KeptCounts,
  keptData,
  namesNobody,
  noCounts,
} from "../../../domain/access/forget/forgetting.ts";
import { pseudonymOf } from "../../../domain/access/forget/pseudonym.ts";
import { pseudonymizer } from "../../../domain/access/forget/pseudonymizer.ts";
import { NotFound } from "../../../domain/errors.ts";
import type { ForgettingStore, PersonalRecordStore } from "../../ports/personal-data.ts";
import type { Clock, MakeSecret } from "../../ports/system.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { type RemoveProfileDeps, removeProfile } from "./remove-profile.ts";

export interface ForgetUserDeps extends RemoveProfileDeps {
  readonly forgettings: ForgettingStore;
  readonly personalRecords: PersonalRecordStore;
  /** Emails in settings, in lower case, by the name of the setting. */
  readonly configuredEmails: Readonly<Record<string, readonly string[]>>;
  readonly makeSecret: MakeSecret;
  readonly sha256: (text: string) => string;
  readonly clock: Clock;
}

/** Time after which a call begins no other part, in milliseconds. */
const callMs = 3_000;

/**
 * Replaces a person with a pseudonym, as far as a few seconds allow. The next call continues. A crash loses at most the count
 * of one part. Once it is complete, nothing connects the address with the pseudonym, and another call starts from the
 * beginning.
 *
 * @param email in lower case
 * @param now time of the request
 * @throws NotFound if it completes and nothing named the person
 */
export async function forgetUser(
  deps: ForgetUserDeps,
  email: string,
  now: number,
): Promise<ForgettingReport> {
  const until = deps.clock() + callMs;
  let progress = await retryOnConflict(() => begin(deps, email, now));
  for (;;) {
    const part = await retryOnConflict(() => continueWith(deps, email, progress));
    progress = part.progress;
    const { pseudonym, counts } = progress;
    if (part.isComplete) {
      const kept = await countKept(deps, email, now);
      if (namesNobody(counts, kept)) throw new NotFound("person", email);
      return { pseudonym, isComplete: true, counts, kept: keptData(kept) };
    }
    if (deps.clock() >= until) return { pseudonym, isComplete: false, counts, kept: [] };
  }
}

async function countKept(
  { personalRecords, configuredEmails }: ForgetUserDeps,
  email: string,
  now: number,
): Promise<KeptCounts> {
  const [notifications, pageDays] = await Promise.all([
    personalRecords.countNotifications(email),
    personalRecords.countPageDays(email, now),
  ]);
  const settings = Object.entries(configuredEmails).flatMap(([name, emails]) =>
    emails.includes(email) ? [name] : [],
  );
  return { notifications, pageDays, settings };
}

/** Returns the stored progress, or that of a new erasure. */
async function begin(deps: ForgetUserDeps, email: string, now: number): Promise<Forgetting> {
  const { accounts, forgettings, users, makeSecret, sha256 } = deps;
  const digest = sha256(email);
  const known = await forgettings.find(digest);
  if (known) return known;
  const [user, account] = [await users.find(email), await accounts.findByEmail(email)];
  const names = [user, account].flatMap((each) => (each ? [each.name] : []));
  const start = { area: "profile", position: null, counts: noCounts, startedAt: now, version: 0 } as const;
  return forgettings.save({ ...start, digest, names, pseudonym: pseudonymOf(makeSecret()) }, undefined);
}

/** @param last progress that this call knows; the stored one may be ahead */
async function continueWith(
  deps: ForgetUserDeps,
  email: string,
  last: Forgetting,
): Promise<ReturnType<typeof advance>> {
  const known = await deps.forgettings.find(last.digest);
  // Another call completed it.
  if (!known) return { progress: last, isComplete: true };
  const { area, position, names, pseudonym } = known;
  const person = pseudonymizer(email, names, pseudonym);
  const { changed, next } =
    area === "profile"
      ? { changed: await removeProfile(deps, email, known.startedAt), next: null }
      : await deps.personalRecords.rewrite(area, position, person.replace);
  const { progress, isComplete } = advance({ ...known, names: person.names() }, changed, next);
  if (!isComplete) return { progress: await deps.forgettings.save(progress, known), isComplete };
  await deps.forgettings.remove(known);
  return { progress, isComplete };
}
