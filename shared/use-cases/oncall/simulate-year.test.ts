/** Urgency by hours in every half-hour of a year, across both clock changes of Berlin. */
import { expect, test } from "vitest";
import { aDraft, ada, aService, aUser, minutes, seconds } from "../../../tests/support/builders.ts";
import { adaThenBob, systemOf, team } from "../../../tests/support/memory/escalation.ts";
import { urgencyFields } from "../../domain/incidents/incident-urgency.ts";
import type { UrgencyHours } from "../../domain/incidents/urgency.ts";
import { simulate } from "./simulate.ts";

const office: UrgencyHours = {
  timezone: "Europe/Berlin",
  hours: (["monday", "tuesday", "wednesday", "thursday", "friday"] as const).map((day) => ({
    type: "weekly",
    startDay: day,
    start: "09:00",
    endDay: day,
    end: "17:30",
  })),
  inside: "high",
  outside: "low",
  raise: true,
};

const halfHour = minutes(30);
const start = Date.UTC(2026, 0, 1);
const count = (Date.UTC(2027, 0, 1) - start) / halfHour;

const local = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Berlin",
  weekday: "short",
  hour: "2-digit",
  minute: "2-digit",
});

/** Reads the hours from a calendar: the local weekday and time as Intl has them. */
function isOfficeHour(at: number): boolean {
  const [weekday = "", time = ""] = local.format(at).split(" ");
  return !weekday.startsWith("S") && time >= "09:00" && time < "17:30";
}

/** Half-hours of the year, and of the week after it. */
const times = Array.from({ length: count + 7 * 48 }, (_, index) => start + index * halfHour);
const high = times.map(isOfficeHour);

test("an incident of any half-hour has the urgency of the calendar, and the time at which it rises", () => {
  const settings = { urgencySetting: office };
  const wrong = times.slice(0, count).filter((at, index) => {
    const expected = high[index]
      ? settings
      : { urgency: "low", raisesAt: times[high.indexOf(true, index)], ...settings };
    return JSON.stringify(urgencyFields(office, "low", at)) !== JSON.stringify(expected);
  });
  expect(wrong.map((at) => new Date(at).toISOString())).toEqual([]);
});

test("a simulation before and after each change of urgency is what happens", async () => {
  const simpleSchedule = { ...adaThenBob, startsOn: "2025-12-01" };
  const system = await systemOf({ simpleSchedule }, { now: start, pagesPerQuarterHour: 10_000 });
  await system.seen.services.put(aService({ name: team, team, urgency: office }));
  const contactMethods = [
    { id: "phone", channel: "sms", address: "+4915112345678" },
    { id: "mail", channel: "email", address: "ada@home.example" },
  ] as const;
  await system.seen.users.put(aUser({ email: ada.email, contactMethods }));
  const changes = times.slice(1, count).flatMap((at, index) => (high[index] === high[index + 1] ? [] : [at]));
  const promised: string[] = [];
  for (const at of changes.flatMap((change) => [change - seconds(1), change])) {
    await system.settle({ within: at - system.now() });
    system.waitUntil(at);
    const about = { service: team, severity: "low" } as const;
    const { steps } = await simulate(system.deps, about, at, Number.POSITIVE_INFINITY);
    const [alert] = await system.receive(aDraft({ severity: "low", dedupKey: String(at) }));
    await system.pump();
    const id = alert?.id.replace("alt_", "inc_");
    for (const { position, pages } of steps)
      for (const page of pages)
        promised.push(
          `${id} ${position.pass}.${position.level} ${page.recipient.email} ${page.method.channel} ${page.at}`,
        );
  }
  await system.settle({ within: 7 * 48 * halfHour });
  const sent = system.pages.map(
    ({ incidentId, recipient, channel, dueAt, metadata: { pass, level } }) =>
      `${incidentId} ${pass}.${level} ${recipient} ${channel} ${dueAt}`,
  );
  expect(changes).toHaveLength(2 * 261);
  // Hours begin at 8:00 UTC, and at 7:00 between the two clock changes.
  const begins = changes.filter((_, index) => index % 2 === 0).map((at) => new Date(at).getUTCHours());
  expect(begins.filter((hour, index) => index > 0 && hour !== begins[index - 1])).toEqual([7, 8]);
  expect(sent.toSorted()).toEqual(promised.toSorted());
});
