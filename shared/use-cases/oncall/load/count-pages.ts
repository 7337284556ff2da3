import type { Notification } from "../../../domain/notifications/notification.ts";
import { addPages, isPage, type PageTally, tallyOfPage } from "../../../domain/oncall/load.ts";
import { dayMs } from "../../../domain/time-units.ts";
import { formatDate } from "../../../domain/wall-clock.ts";
import type { UserStore } from "../../ports/access.ts";
import type {
  CreatedNotifications,
  NotificationStore,
  PagesOfDay,
  PageTallyStore,
} from "../../ports/notifications.ts";

export interface CountPagesDeps {
  readonly notifications: Pick<NotificationStore, "createdBetween">;
  readonly pageTallies: PageTallyStore;
  readonly users: Pick<UserStore, "findAll">;
}

interface Pages {
  readonly tallies: readonly PageTally[];
  /** False if pages are left to count, which the next reads do. */
  readonly isComplete: boolean;
}

interface Counting {
  readonly now: number;
  /** Returns the time zone of a person without a user record. */
  readonly zoneOfTeam: (team: string) => string;
}

/** Notifications that one read looks at: at most 1,000 read units. */
const mostNotifications = 2_000;
/** Time until a notification is stored and in the index, unless the queue has a backlog. */
const settlingMs = 600_000;
/** Longer than a page waits for its time and its attempts. */
const queuedMs = 2 * dayMs;

/** A UTC day that is not counted to its end. */
interface OpenDay {
  readonly start: number;
  readonly known: PagesOfDay | undefined;
}

/**
 * Counts the pages of UTC days, the last of which is today. What is final is stored, so a day that is over costs half a
 * read unit, and each of its notifications is read once.
 */
export async function countPages(deps: CountPagesDeps, days: number, counting: Counting): Promise<Pages> {
  const today = Math.floor(counting.now / dayMs) * dayMs;
  const starts = Array.from({ length: days }, (_, index) => today - (days - 1 - index) * dayMs);
  const stored = await deps.pageTallies.findAll(starts.map(formatDate));
  const byDay = new Map(stored.map((each) => [each.day, each]));
  const tallies = stored.flatMap((day) => day.tallies);
  let left = mostNotifications;
  // The latest days first, because they matter most.
  for (const run of runsOf(starts, byDay).toReversed()) {
    if (left <= 0) return { tallies: addPages(tallies), isComplete: false };
    const counted = await countRun(deps, run, left, counting);
    tallies.push(...counted.tallies);
    left = counted.more ? 0 : left - counted.seen;
    if (counted.more) return { tallies: addPages(tallies), isComplete: false };
  }
  return { tallies: addPages(tallies), isComplete: true };
}

/** Returns consecutive days to count that one query reads. A day that is counted in part begins a new one. */
function runsOf(starts: readonly number[], byDay: ReadonlyMap<string, PagesOfDay>): OpenDay[][] {
  const runs: OpenDay[][] = [];
  let run: OpenDay[] | undefined;
  for (const start of starts) {
    const known = byDay.get(formatDate(start));
    if (known?.isFinal) {
      run = undefined;
      continue;
    }
    if (!run || known) {
      run = [];
      runs.push(run);
    }
    run.push({ start, known });
  }
  return runs;
}

interface Counted {
  /** Counts of notifications that were not counted before. */
  readonly tallies: readonly PageTally[];
  readonly more: boolean;
  readonly seen: number;
}

async function countRun(
  deps: CountPagesDeps,
  run: readonly OpenDay[],
  most: number,
  counting: Counting,
): Promise<Counted> {
  const [first, last] = [run.at(0), run.at(-1)];
  if (!first || !last) return { tallies: [], more: false, seen: 0 };
  const after = first.known?.countedTo ?? null;
  const range = { from: first.start, to: last.start + dayMs, after };
  const { items, more } = await deps.notifications.createdBetween(range, most);
  const tallyOf = await tallier(deps, items, counting.zoneOfTeam);
  const unsettled = items.findIndex(({ notification }) => !isSettled(notification, counting.now));
  const settled = unsettled === -1 ? items : items.slice(0, unsettled);
  const isAllSettled = !more && unsettled === -1;
  const byDay = Map.groupBy(settled, ({ notification }) => dayOf(notification));
  const reached = Math.max(-1, ...byDay.keys());
  const saves = run.map(async ({ start, known }) => {
    const own = byDay.get(start) ?? [];
    const isOver = isAllSettled && counting.now >= start + dayMs + settlingMs;
    // A notification of a later day is settled, so all of this one are.
    const isFinal = start < reached || isOver;
    if (own.length === 0 && !isFinal) return;
    const tallies = addPages([...(known?.tallies ?? []), ...own.flatMap(tallyOf)]);
    const countedTo = own.at(-1)?.position ?? known?.countedTo ?? null;
    const next = { day: formatDate(start), tallies, countedTo, isFinal, version: known?.version ?? 0 };
    await deps.pageTallies.save(next, known);
  });
  await Promise.all(saves);
  return { tallies: items.flatMap(tallyOf), more, seen: items.length };
}

type Created = CreatedNotifications["items"][number];

/** Returns a function that tallies a notification in the time zone of its recipient, unless it is not a page. */
async function tallier(
  { users }: CountPagesDeps,
  items: readonly Created[],
  zoneOfTeam: Counting["zoneOfTeam"],
): Promise<(item: Created) => PageTally[]> {
  const pages = items.map(({ notification }) => notification).filter(isPage);
  const found = await users.findAll([...new Set(pages.map(({ recipient }) => recipient))]);
  const zoneOf = new Map(found.map(({ email, timezone }) => [email, timezone]));
  return ({ notification: page }) =>
    isPage(page)
      ? [tallyOfPage(page, zoneOf.get(page.recipient) ?? zoneOfTeam(String(page.metadata.team ?? "")))]
      : [];
}

/** Returns true if nothing older appears anymore, and its status does not change. */
function isSettled({ createdAt, status }: Notification, now: number): boolean {
  return now - createdAt >= (status === "queued" ? queuedMs : settlingMs);
}

function dayOf({ createdAt }: Notification): number {
  return Math.floor(createdAt / dayMs) * dayMs;
}
