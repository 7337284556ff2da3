/** The editors of schedules and escalation policies through the UI's functions, on real emulators. */
import { beforeAll, describe, expect, test } from "vitest";
import { monday } from "../support/builders.ts";
import { aTeam, at, onCallApi } from "../support/functions/on-call-api.ts";
import { aBrowser, byScript, siteEnvironment } from "../support/functions/site.ts";

const api = onCallApi();
beforeAll(async () => void Object.assign(process.env, await siteEnvironment()));

type Fields = Record<string, string>;

/** Returns the submitted fields of a form. */
function fieldsOf(html: string): Fields {
  const form = /<form[^>]*id="editor".*?<\/form>/s.exec(html)?.[0] ?? "";
  const fields: Fields = {};
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const [, name] = /\sname="([^"]+)"/.exec(tag) ?? [];
    const [, value = "on"] = /\svalue="([^"]*)"/.exec(tag) ?? [];
    const text = value.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    if (name && (!tag.includes('type="checkbox"') || /\schecked/.test(tag))) fields[name] = text;
  }
  for (const [, name = "", options = ""] of form.matchAll(
    /<select\b[^>]*\sname="([^"]+)".*?>(.*?)<\/select>/gs,
  )) {
    const chosen =
      /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    fields[name] = chosen?.[1] ?? "";
  }
  return fields;
}
const textOf = (html: string) =>
  html
    .replaceAll(/<option[^>]*>.*?<\/option>/g, "")
    .replaceAll(/<[^>]*>|[\u2068\u2069]/g, " ")
    .replaceAll(/\s+/g, " ");

/** Opens an editor whose form can be filled in and submitted. */
async function editing(path: string) {
  const browser = aBrowser();
  const opened = await browser.get(path);
  let fields = fieldsOf(opened.text);
  return {
    browser,
    opened,
    fields: () => fields,
    async press(op: string, filledIn: Fields = {}, headers: Record<string, string> = {}) {
      const reply = await browser.send(path, { ...fields, ...filledIn, op }, headers);
      if (reply.status !== 303) fields = fieldsOf(reply.text);
      return reply;
    },
  };
}

const ada = { "members.0.person": "Ada <ada@example.com>" };
const layers = [
  {
    name: "All",
    role: "primary",
    rotation: { unit: "week", length: 1, starts_on: "2026-11-23" },
    members: [{ name: "Ada", email: "ada@example.com" }],
  },
];
async function aTeamWithLayers(): Promise<string> {
  const team = aTeam();
  await api.ok("POST /api/v1/schedules", { team, timezone: "Europe/Berlin", layers });
  return team;
}

describe("a new schedule", () => {
  test("is created from a few fields, and the team's page confirms it", async () => {
    const team = aTeam();
    const { press, browser } = await editing("/on-call/new");
    const reply = await press("save", { team, timezone: "Asia/Tokyo", ...ada });
    expect([reply.status, reply.headers.location]).toEqual([303, `/on-call/${team}`]);
    expect(browser.cookies.has("flash")).toBe(true);
    expect(await api.ok(`GET /api/v1/schedules/${team}`)).toMatchObject({
      rotation_type: "weekly",
      timezone: "Asia/Tokyo",
      handoff_day: "monday",
      members: [{ name: "Ada", email: "ada@example.com", role: "primary" }],
    });
  });

  test("has its faults at its fields, and keeps what was typed", async () => {
    const { press, fields } = await editing("/on-call/new");
    const reply = await press("save", {
      timezone: "Mars/Olympus",
      "members.0.person": "Ada",
      handoff_notices: "on",
    });
    expect(reply.status).toBe(422);
    for (const id of ["team", "timezone", "members.0.person"])
      expect(reply.text).toContain(`id="${id}-fault"`);
    expect(fields()).toMatchObject({
      timezone: "Mars/Olympus",
      "members.0.person": "Ada",
      handoff_notices: "on",
    });
  });

  test("of a team that has one is refused at the team's name", async () => {
    const team = await aTeamWithLayers();
    const { press } = await editing(`/on-call/new?team=${team}`);
    const reply = await press("save", ada);
    expect(reply.status).toBe(422);
    expect(textOf(reply.text)).toContain("Team already has a schedule");
  });

  test("grows into layers without losing members", async () => {
    const { press, fields } = await editing("/on-call/new");
    const reply = await press("layers", ada);
    expect(reply.status).toBe(200);
    expect(fields()).toMatchObject({
      form: "layers",
      "layers.0.name": "primary",
      "layers.0.rotation.unit": "week",
      "layers.0.rotation.starts_on": "2026-11-23",
      "layers.0.members.0.person": "Ada <ada@example.com>",
    });
  });

  test("is previewed without being stored", async () => {
    const team = aTeam();
    const { press } = await editing("/on-call/new");
    const reply = await press("preview", { team, ...ada }, byScript);
    expect(reply.status).toBe(200);
    expect(textOf(reply.text)).toMatch(/Primary no gaps .*Ada now/);
    expect((await api(`GET /api/v1/schedules/${team}`)).status).toBe(404);
  });
});

describe("a schedule that there is", () => {
  test("is changed row by row, as without JavaScript", async () => {
    const team = await aTeamWithLayers();
    const { press, fields } = await editing(`/on-call/${team}/schedule`);
    await press("add:layers.0.members");
    await press("up:layers.0.members.1", {
      "layers.0.members.1.person": "Bob <bob@example.com>",
    });
    await press("add:layers.0.restrictions");
    expect(fields()).toMatchObject({
      "layers.0.members.0.person": expect.stringContaining("Bob"),
      "layers.0.members.1.person": expect.stringContaining("Ada"),
    });
    const reply = await press("save", { "layers.0.rotation.length": "2" });
    expect(reply.status).toBe(303);
    expect(await api.ok(`GET /api/v1/schedules/${team}`)).toMatchObject({
      layers: [
        {
          rotation: { length: 2 },
          members: [{ name: "Bob" }, { name: "Ada" }],
          restrictions: [{ type: "daily", start: "09:00", end: "17:00" }],
        },
      ],
    });
  });

  test("shows the gaps that its hours leave before they are saved", async () => {
    const team = await aTeamWithLayers();
    const { opened, press } = await editing(`/on-call/${team}/schedule`);
    expect(textOf(opened.text)).toContain("Primary no gaps");
    const reply = await press("add:layers.0.restrictions");
    expect(textOf(reply.text)).toMatch(/Primary no one for \d+d .* gaps/);
  });

  test("that someone else changed in the meantime is not overwritten silently", async () => {
    const team = await aTeamWithLayers();
    const { press } = await editing(`/on-call/${team}/schedule`);
    at(new Date(monday + 60_000).toISOString());
    await api.ok(`PATCH /api/v1/schedules/${team}`, { timezone: "Asia/Tokyo" });
    at(new Date(monday + 100_000).toISOString());
    const refused = await press("save", { timezone: "America/New_York" });
    expect(refused.status).toBe(409);
    const text = textOf(refused.text);
    expect(text).toContain("changed it 40 seconds ago");
    for (const zone of ["Asia/Tokyo", "America/New_York"]) expect(text).toContain(`Times in ${zone}`);
    expect(await api.ok(`GET /api/v1/schedules/${team}`)).toMatchObject({ timezone: "Asia/Tokyo" });
    expect((await press("save")).status).toBe(303);
    expect(await api.ok(`GET /api/v1/schedules/${team}`)).toMatchObject({ timezone: "America/New_York" });
  });

  test("is written down in the audit log in the name of who saved it", async () => {
    const team = await aTeamWithLayers();
    const { press, browser } = await editing(`/on-call/${team}/schedule`);
    await browser.send("/name", { name: "Zoë" });
    await press("save", { timezone: "Asia/Tokyo" });
    const { entries } = await api.ok(`GET /api/v1/audit?resource=schedule/${team}&limit=1`);
    expect(entries).toMatchObject([
      { actor: "Zoë", path: `/on-call/${team}/schedule`, after: { timezone: "Asia/Tokyo" } },
    ]);
  });

  test("is deleted by who types its team's name", async () => {
    const team = await aTeamWithLayers();
    const { browser } = await editing(`/on-call/${team}/schedule`);
    const path = `/on-call/${team}/schedule`;
    const wrong = await browser.send(`${path}/delete`, { back: path, confirm: "something" });
    expect([wrong.status, wrong.headers.location]).toEqual([303, path]);
    await api.ok(`GET /api/v1/schedules/${team}`);
    const right = await browser.send(`${path}/delete`, { back: path, confirm: ` ${team.toUpperCase()} ` });
    expect([right.status, right.headers.location]).toEqual([303, "/on-call"]);
    expect((await api(`GET /api/v1/schedules/${team}`)).status).toBe(404);
  });

  test("that was deleted in the meantime can be recreated from the input", async () => {
    const team = await aTeamWithLayers();
    const { press, browser } = await editing(`/on-call/${team}/schedule`);
    await api(`DELETE /api/v1/schedules/${team}`);
    const refused = await press("save", { timezone: "Asia/Tokyo" });
    expect(refused.status).toBe(409);
    expect(textOf(refused.text)).toContain("someone deleted the schedule");
    for (const kept of [`value="${team}"`, 'value="Asia/Tokyo"', 'action="/on-call/new"']) {
      expect(refused.text).toContain(kept);
    }
    expect(browser.cookies.has("flash")).toBe(false);
  });

  test("that is saved by our script leads on by an address", async () => {
    const team = await aTeamWithLayers();
    const { press } = await editing(`/on-call/${team}/schedule`);
    const reply = await press("save", {}, byScript);
    expect([reply.status, reply.headers["hx-redirect"]]).toEqual([204, `/on-call/${team}`]);
  });
});

describe("an escalation policy", () => {
  test("starts as the default, marked as such, and becomes the team's own", async () => {
    const team = await aTeamWithLayers();
    const { opened, press } = await editing(`/on-call/${team}/policy`);
    expect(textOf(opened.text)).toContain("This team uses the default policy");
    expect(textOf(opened.text)).toContain("Immediately · step 1 Ada is paged");
    await press("add:rules");
    const faulty = await press("save", { "rules.2.targets.0.to": "user", "rules.2.delay_minutes": "soon" });
    expect(faulty.status).toBe(422);
    for (const id of ["rules.2.targets.0.person", "rules.2.delay_minutes"]) {
      expect(faulty.text).toContain(`id="${id}-fault"`);
    }
    const saved = await press("save", {
      "rules.2.targets.0.person": "boss@example.com",
      "rules.2.delay_minutes": "1.5",
      repeat: "2",
    });
    expect([saved.status, saved.headers.location]).toEqual([303, `/on-call/${team}`]);
    expect(await api.ok(`GET /api/v1/teams/${team}/escalation-policy`)).toMatchObject({
      rules: [
        { targets: [{ type: "schedule", role: "primary" }], delay_seconds: 300 },
        { targets: [{ type: "schedule", role: "secondary" }], delay_seconds: 300 },
        { targets: [{ type: "user", email: "boss@example.com" }], delay_seconds: 90 },
      ],
      repeat: 2,
    });
  });

  test("that someone else created in the meantime is not overwritten silently", async () => {
    const team = await aTeamWithLayers();
    const { press } = await editing(`/on-call/${team}/policy`);
    const rules = [{ targets: [{ type: "user", email: "eve@example.com" }], delay_seconds: 60 }];
    await api.ok(`PUT /api/v1/teams/${team}/escalation-policy`, { rules });
    const refused = await press("save");
    expect(refused.status).toBe(409);
    expect(textOf(refused.text)).toContain("1. eve@example.com ; next after 1 minute");
    expect((await press("save")).status).toBe(303);
    const kept = await api.ok(`GET /api/v1/teams/${team}/escalation-policy`);
    expect(kept.rules).toHaveLength(2);
  });
});
