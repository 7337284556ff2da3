import { describe, expect, test } from "vitest";
import {
  ada,
  aNotification,
  aSchedule,
  aUser,
  days,
  minutes,
  monday,
  seconds,
} from "../../../../tests/support/builders.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { userStore } from "../../../storage/access/user-store.ts";
import { notificationStore } from "../../../storage/notifications/notification-store.ts";
import { pageTallyStore } from "../../../storage/notifications/page-tally-store.ts";
import { scheduleStore } from "../../../storage/oncall/schedule-store.ts";
import { readLoad } from "./read-load.ts";

function platform() {
  const table = memoryTable(() => monday);
  const notifications = notificationStore(table);
  const looked: number[] = [];
  const deps = {
    notifications: {
      ...notifications,
      async createdBetween(...parameters: Parameters<typeof notifications.createdBetween>) {
        const found = await notifications.createdBetween(...parameters);
        looked.push(found.items.length);
        return found;
      },
    },
    pageTallies: pageTallyStore(table),
    users: userStore(table),
    schedules: scheduleStore(table),
  };
  const page = (at: number, fields: Parameters<typeof aNotification>[0] = {}) =>
    notifications.create(
      aNotification({
        createdAt: at,
        status: "sent",
        sentAt: at + seconds(1),
        metadata: { team: "payments" },
        ...fields,
      }),
    );
  return { deps, notifications, page, looked };
}

type Platform = ReturnType<typeof platform>;
const pagesOf = async ({ deps }: Platform, count: number, now: number) =>
  (await readLoad(deps, count, now)).pages.reduce((sum, { pages }) => sum + pages, 0);

describe("load", () => {
  test("has the pages of the days, in the time zone of the person", async () => {
    const system = platform();
    await system.deps.users.put(aUser({ email: ada.email, timezone: "Asia/Tokyo" }));
    await system.page(monday - days(8));
    // Monday 23:00 in Tokyo.
    await system.page(monday + minutes(240));
    await system.page(monday, { status: "suppressed", sentAt: null });
    await system.page(monday, { kind: "announcement", recipient: "team:payments" });
    const { pages, isComplete } = await readLoad(system.deps, 7, monday + days(1));
    expect(pages).toEqual([{ email: ada.email, team: "payments", pages: 1, nights: 1, weekends: 0 }]);
    expect(isComplete).toBe(true);
  });

  test("has the shifts of all teams, and the zone of a team for people without one", async () => {
    const system = platform();
    const from = "2026-11-02";
    await system.deps.schedules.create(
      aSchedule({ team: "payments", timezone: "Asia/Tokyo" }, { startsOn: from }),
    );
    await system.page(monday + minutes(240), { recipient: "nobody@example.com" });
    const { pages, shifts, teams, moreTeams } = await readLoad(system.deps, 7, monday + days(1));
    expect([teams, moreTeams, pages.map(({ nights }) => nights)]).toEqual([["payments"], false, [1]]);
    const covered = shifts.reduce((sum, { start, end }) => sum + end - start, 0);
    expect(covered).toBe(days(6) + ((monday + days(1)) % days(1)));
  });

  test("reads each notification of a finished day once", async () => {
    const system = platform();
    for (let index = 0; index < 20; index += 1) await system.page(monday - days(index % 5));
    expect(await pagesOf(system, 7, monday + days(1))).toBe(20);
    system.looked.length = 0;
    expect(await pagesOf(system, 7, monday + days(1))).toBe(20);
    expect(await pagesOf(system, 30, monday + days(1))).toBe(20);
    expect(system.looked.reduce((sum, count) => sum + count, 0)).toBe(0);
  });

  test("counts a page once, whenever it is sent and however often it is asked for", async () => {
    const system = platform();
    const late = aNotification({ createdAt: monday, dueAt: monday + minutes(60) });
    await system.notifications.create(late);
    await system.page(monday + minutes(5));
    for (const wait of [6, 20, 59])
      expect([wait, await pagesOf(system, 7, monday + minutes(wait))]).toEqual([wait, 1]);
    await system.notifications.save({ ...late, status: "sent", sentAt: monday + minutes(60) });
    for (const wait of [61, 120, 1_440, 2_000, 2_000])
      expect([wait, await pagesOf(system, 7, monday + minutes(wait))]).toEqual([wait, 2]);
    await system.page(monday + minutes(2_000));
    for (const wait of [2_000, 2_020, 9_000])
      expect([wait, await pagesOf(system, 7, monday + minutes(wait))]).toEqual([wait, 3]);
  });

  test("of more pages than one read looks at is complete after some reads, and says so", async () => {
    const system = platform();
    for (let index = 0; index < 4_500; index += 1) await system.page(monday - days(3) + index * seconds(60));
    const seen: [number, boolean][] = [];
    for (let read = 0; read < 3; read += 1) {
      const { pages, isComplete } = await readLoad(system.deps, 7, monday + days(1));
      seen.push([pages[0]?.pages ?? 0, isComplete]);
    }
    expect(seen).toEqual([
      [2_000, false],
      [4_000, false],
      [4_500, true],
    ]);
  });
});
