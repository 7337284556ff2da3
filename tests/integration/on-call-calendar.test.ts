/** The calendar feed as a calendar program reads it: RFC 5545, parsed by a library that did not write it. */
import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import { ada, bob } from "../support/builders.ts";
import { aTeam, at, onCallApi } from "../support/functions/on-call-api.ts";

const api = onCallApi();

const members = [ada, bob].map((person) => ({ ...person, role: "primary" }));

const create = async (fields: Record<string, unknown> = {}) => {
  const team = aTeam();
  const plan = { rotation_type: "weekly", members, starts_on: "2026-11-23", ...fields };
  return api.ok("POST /api/v1/schedules", { team, ...plan });
};

const lineOf = (url: string) => `GET ${url.replace(/^https?:\/\/[^/]+/, "")}`;
const load = (url: string, headers?: Record<string, string>) => api(lineOf(url), undefined, headers);

const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const entries = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      description: event.description,
      start: event.startDate.toJSDate().toISOString(),
      end: event.endDate.toJSDate().toISOString(),
      stamp: String(component.getFirstPropertyValue("dtstamp")),
      transparency: component.getFirstPropertyValue("transp"),
    };
  });
  return { calendar, entries, primaries: entries.filter(({ summary }) => summary.includes("(primary")) };
};
const entriesOf = async (url: string) => read((await load(url)).text).primaries;

describe("a calendar feed", () => {
  test("is text/calendar in lines of CRLF and says of itself what subscribers need", async () => {
    const { team, calendar_url } = await create();
    const reply = await load(calendar_url);
    expect([reply.status, reply.headers["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(reply.text.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(reply.text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const { calendar } = read(reply.text);
    const value = (name: string) => String(calendar.getFirstPropertyValue(name));
    expect(calendar.getFirstProperty("method")).toBeNull();
    expect(value("version")).toBe("2.0");
    expect(value("prodid")).toContain("incident-platform");
    expect(value("calscale")).toBe("GREGORIAN");
    expect([value("name"), value("x-wr-calname")]).toEqual([`On call: ${team}`, `On call: ${team}`]);
    expect(reply.text).toContain("\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n");
    expect(value("x-published-ttl")).toBe("PT1H");
  });

  test("shows complete shifts in UTC, from 30 days ago to 90 days ahead, marked as free", async () => {
    at("2026-12-23T10:00:00Z");
    const { calendar_url } = await create({ starts_on: "2020-01-06", timezone: "Europe/Berlin" });
    const { text } = await load(calendar_url);
    const { primaries, entries } = read(text);
    expect(primaries[0]).toMatchObject({
      start: "2026-11-16T08:00:00.000Z",
      end: "2026-11-23T08:00:00.000Z",
    });
    expect(primaries.at(-1)).toMatchObject({
      start: "2027-03-22T08:00:00.000Z",
      end: "2027-03-29T07:00:00.000Z",
    });
    expect(new Set(entries.map(({ transparency }) => transparency))).toEqual(new Set(["TRANSPARENT"]));
    expect(new Set(entries.map(({ uid }) => uid)).size).toBe(entries.length);
    for (const [line] of text.matchAll(/^DT(START|END|STAMP).*$/gm))
      expect(line).toMatch(/^\w+:\d{8}T\d{6}Z/);
  });

  test("keeps whatever a name holds inside its line", async () => {
    const name = 'A;B,C\\D\nEND:VEVENT\nx-evil:12\r\nBEGIN:VEVENT\u0001"🚨é"'.padEnd(250, "🚨");
    const team = `t;e,a\\m:${aTeam()}`;
    const plan = { rotation_type: "weekly", members: [{ name, email: ada.email, role: "primary" }] };
    const { calendar_url } = await api.ok("POST /api/v1/schedules", { team, ...plan });
    const { text } = await load(calendar_url);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).toContain("A\\;B\\,C\\\\D\\nEND:VEVENT\\nx-evil:12\\nBEGIN:VEVENT");
    const { calendar, entries } = read(text);
    const shown = name.replace("\r\n", "\n").replace("\u0001", "");
    expect(entries.every(({ summary }) => summary.startsWith(`${shown} on call: ${team}`))).toBe(true);
    const escaped = team.replace(/[\\;,]/g, "\\$&");
    for (const property of ["NAME", "X-WR-CALNAME"]) {
      expect(text.replaceAll("\r\n ", "")).toContain(`\r\n${property}:On call: ${escaped}\r\n`);
    }
    expect(calendar.getFirstProperty("x-evil")).toBeNull();
  });

  test("names an entry by its slot: an override keeps the name and raises the sequence, its end does too", async () => {
    const { team, calendar_url } = await create();
    const [first, second] = await entriesOf(calendar_url);
    at("2026-11-23T11:00:00Z");
    const times = { starts_at: "2026-11-30T09:00:00Z", ends_at: "2026-12-07T09:00:00Z" };
    const cyd = { user_name: "Cyd", user_email: "cyd@example.com", reason: "swap" };
    const { id } = await api.ok("POST /api/v1/oncall/override", { team, ...cyd, ...times });
    const [same, taken] = await entriesOf(calendar_url);
    expect(same).toEqual(first);
    expect(taken).toMatchObject({ uid: second?.uid, start: second?.start, end: second?.end });
    expect(taken?.summary).toContain("Cyd on call");
    expect(taken?.description).toBe("cyd@example.com\nswap");
    expect(taken?.sequence).toBeGreaterThan(second?.sequence ?? 0);
    expect(taken?.stamp).toBe("2026-11-23T11:00:00Z");
    at("2026-11-23T12:00:00Z");
    await api.ok(`DELETE /api/v1/oncall/overrides/${id}`);
    const [, back] = await entriesOf(calendar_url);
    expect(back).toMatchObject({ uid: second?.uid, summary: second?.summary });
    expect(back?.sequence).toBeGreaterThan(taken?.sequence ?? 0);
  });

  test("splits a slot if someone takes over a part of it", async () => {
    const { team, calendar_url } = await create();
    const [whole] = await entriesOf(calendar_url);
    const cyd = { user_name: "Cyd", user_email: "cyd@example.com" };
    const times = { starts_at: "2026-11-24T09:00:00Z", ends_at: "2026-11-24T11:00:00Z" };
    await api.ok("POST /api/v1/oncall/override", { team, ...cyd, ...times });
    const parts = (await entriesOf(calendar_url)).slice(0, 3);
    expect(parts.map(({ start, end, summary }) => [start, end, summary.split(" ")[0]])).toEqual([
      ["2026-11-23T09:00:00.000Z", "2026-11-24T09:00:00.000Z", "Ada"],
      ["2026-11-24T09:00:00.000Z", "2026-11-24T11:00:00.000Z", "Cyd"],
      ["2026-11-24T11:00:00.000Z", "2026-11-30T09:00:00.000Z", "Ada"],
    ]);
    expect(parts[0]?.uid).toBe(whole?.uid);
    expect(new Set(parts.map(({ uid }) => uid)).size).toBe(3);
  });

  test("of a changed schedule keeps the names of slots to come, and raises their sequence", async () => {
    const { team, calendar_url } = await create();
    const before = await entriesOf(calendar_url);
    at("2026-11-25T10:00:00Z");
    await api.ok(`PATCH /api/v1/schedules/${team}`, { members: members.toReversed() });
    const after = await entriesOf(calendar_url);
    const slot = (entries: typeof before) => entries.find(({ start }) => start.startsWith("2026-12-07"));
    expect(slot(after)?.uid).toBe(slot(before)?.uid);
    expect(slot(after)?.summary).not.toBe(slot(before)?.summary);
    expect(slot(after)?.sequence).toBeGreaterThan(slot(before)?.sequence ?? 0);
    expect(after[0]).toMatchObject({ uid: before[0]?.uid, end: "2026-11-25T10:00:00.000Z" });
    expect(after[0]?.sequence).toBeGreaterThan(before[0]?.sequence ?? 0);
  });

  test("splits overlapping hours the same way on every request", async () => {
    const restrictions = [
      { type: "daily", start: "09:00", end: "17:00" },
      { type: "weekly", start_day: "monday", start: "12:00", end_day: "tuesday", end: "20:00" },
    ];
    const rotation = { unit: "day", length: 1, handoff_time: "00:00", starts_on: "2026-01-01" };
    const layers = [{ name: "day", role: "primary", rotation, members: [ada], restrictions }];
    const { team } = await api.ok("POST /api/v1/schedules", {
      team: aTeam(),
      timezone: "Asia/Kolkata",
      layers,
    });
    const { calendar_url } = await api.ok(`GET /api/v1/schedules/${team}`);
    const early = await entriesOf(calendar_url);
    at("2026-11-24T10:00:00Z");
    const late = await entriesOf(calendar_url);
    const known = new Map(early.map((entry) => [entry.uid, entry]));
    for (const entry of late.filter(({ uid }) => known.has(uid))) expect(entry).toEqual(known.get(entry.uid));
    for (const [index, { start }] of late.slice(1).entries()) {
      expect(start >= (late[index]?.end ?? "")).toBe(true);
    }
    expect(late.filter(({ uid }) => known.has(uid)).length).toBeGreaterThan(100);
  });

  test("has an entry also if no one is on call", async () => {
    const { calendar_url } = await create({ starts_on: "2027-11-22" });
    const { entries } = read((await load(calendar_url)).text);
    expect(entries).toHaveLength(1);
    expect(entries[0]?.summary).toContain("No one is on call");
  });

  test("stays the same for a day, and comes without a body to who has it", async () => {
    const { calendar_url } = await create();
    const first = await load(calendar_url);
    at("2026-11-23T23:59:59Z");
    const etag = first.headers.etag ?? "";
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await load(calendar_url, { "if-none-match": tag });
      expect([again.status, again.text, again.headers.etag]).toEqual([304, "", etag]);
    }
    expect((await load(calendar_url, { "if-none-match": '"other"' })).status).toBe(200);
    expect(first.headers["cache-control"]).toBe("private, no-cache");
  });
});

describe("the address of a calendar", () => {
  test("is in the schedule, for browsers and for calendar programs, and changes with nothing but itself", async () => {
    const schedule = await create();
    const { team, calendar_url, webcal_url } = schedule;
    expect(calendar_url).toMatch(
      new RegExp(`^http://localhost:8080/api/v1/schedules/${team}/calendar\\.ics\\?token=[\\w-]{32}$`),
    );
    expect(webcal_url).toBe(calendar_url.replace("http:", "webcal:"));
    at("2026-11-24T10:00:00Z");
    const reply = await api(`POST /api/v1/schedules/${team}/calendar-token`);
    const rotated = reply.json();
    expect(reply.status).toBe(201);
    expect(rotated).toEqual({
      ...schedule,
      calendar_url: rotated.calendar_url,
      webcal_url: rotated.webcal_url,
    });
    expect(rotated.calendar_url).not.toBe(calendar_url);
    expect((await load(calendar_url)).status).toBe(404);
    expect((await load(String(rotated.calendar_url))).status).toBe(200);
    const patched = await api.ok(`PATCH /api/v1/schedules/${team}`, { timezone: "Asia/Tokyo" });
    expect(patched.calendar_url).toBe(rotated.calendar_url);
  });

  test("with a wrong token, without one, or of another team is not found, with the same response", async () => {
    const [{ team, calendar_url }, other] = [await create(), await create()];
    const path = `GET /api/v1/schedules/${team}/calendar.ics`;
    const token = new URL(other.calendar_url).searchParams.get("token");
    const details = [];
    for (const line of [path, `${path}?token=`, `${path}?token=x`, `${path}?token=${token}`]) {
      const reply = await api(line);
      expect([reply.status, reply.headers["content-type"]]).toEqual([404, "application/problem+json"]);
      details.push(reply.json().detail);
    }
    expect(new Set(details).size).toBe(1);
    await api.ok(`DELETE /api/v1/schedules/${team}`);
    expect((await load(calendar_url)).json().detail).toBe(details[0]);
  });
});
