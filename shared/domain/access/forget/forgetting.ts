/** Erasure of a person's data: the parts of the platform that it walks through, its progress and its result. */
import type { Person } from "../../person.ts";

/**
 * Areas in the order in which they are processed. The person's own records come first, so that they can neither sign in
 * nor be reached. The audit log comes last, because the other steps write to it.
 */
export const forgettingAreas = [
  "profile",
  "schedules",
  "services",
  "incidents",
  "silences",
  "audit",
] as const;
export type ForgettingArea = (typeof forgettingAreas)[number];

export type ForgettingCounts = Readonly<Record<ForgettingArea, number>>;

export const noCounts: ForgettingCounts = {
  profile: 0,
  schedules: 0,
  services: 0,
  incidents: 0,
  silences: 0,
  audit: 0,
};

/** Progress that is stored while the erasure is unfinished. */
export interface Forgetting {
  /** SHA-256 of the address. */
  readonly digest: string;
  readonly pseudonym: Person;
  /** Names of the person that were found so far. They are deleted with the progress. */
  readonly names: readonly string[];
  readonly area: ForgettingArea;
  /** Position in the area; null at its start. */
  readonly position: string | null;
  /** Changed records per area. */
  readonly counts: ForgettingCounts;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly version: number;
}

/** Data that names the person and stays as it is. */
export interface KeptData {
  readonly what: string;
  /** Null if it can't be counted. */
  readonly count: number | null;
  readonly reason: string;
}

/** Result of one call. */
export interface ForgettingReport {
  readonly pseudonym: Person;
  /** False if the erasure has to be continued with another call. */
  readonly isComplete: boolean;
  readonly counts: ForgettingCounts;
  /** Listed once the erasure is complete. */
  readonly kept: readonly KeptData[];
}

/**
 * Returns the progress after a part of an area.
 *
 * @param next position in the area; null at its end
 */
export function advance(
  progress: Forgetting,
  changed: number,
  next: string | null,
): { readonly progress: Forgetting; readonly isComplete: boolean } {
  const { area, counts } = progress;
  const counted = { ...progress, counts: { ...counts, [area]: counts[area] + changed }, position: next };
  if (next !== null) return { progress: counted, isComplete: false };
  const following = forgettingAreas[forgettingAreas.indexOf(area) + 1];
  return { progress: { ...counted, area: following ?? area }, isComplete: following === undefined };
}

/** Numbers of what names a person and can't be changed. */
export interface KeptCounts {
  /** Names of settings. */
  readonly settings: readonly string[];
  readonly notifications: number;
  /** Days with pages. */
  readonly pageDays: number;
}

/** Returns true if an erasure found nothing that names the person. */
export function namesNobody(counts: ForgettingCounts, kept: KeptCounts): boolean {
  const { settings, notifications, pageDays } = kept;
  const changed = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return changed + settings.length + notifications + pageDays === 0;
}

/** Lists what the platform cannot change. */
export function keptData({ settings, notifications, pageDays }: KeptCounts): KeptData[] {
  const configured: KeptData = {
    what: "settings",
    count: settings.length,
    reason: `${settings.join(" and ")} ${settings.length === 1 ? "names" : "name"} the address. Change the environment.`,
  };
  return [
    ...(settings.length > 0 ? [configured] : []),
    {
      what: "notifications",
      count: notifications,
      reason: "The proof of delivery covers recipient, address and message. They expire.",
    },
    {
      what: "page_counts",
      count: pageDays,
      reason: "Days with the number of pages per person. They expire.",
    },
    {
      what: "short_lived",
      count: null,
      reason: "Tokens of sign-ins, codes and responses to repeated requests expire within a day.",
    },
    {
      what: "channels",
      count: null,
      reason: "Channels of teams keep the addresses that they send to. Change these channels.",
    },
    {
      what: "free_text",
      count: null,
      reason:
        "Labels of alerts keep everything. Notes and titles keep first names, nicknames and other spellings.",
    },
    {
      what: "copies",
      count: null,
      reason: "Logs, backups, and messages at other services are outside the database.",
    },
  ];
}
