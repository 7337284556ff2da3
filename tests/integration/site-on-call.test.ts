/** The on-call pages through their functions, on real emulators. */
import { beforeAll, describe, expect, test } from "vitest";
import { monday } from "../support/builders.ts";
import { aTeam, at, onCallApi } from "../support/functions/on-call-api.ts";
import { aBrowser, byScript, siteEnvironment } from "../support/functions/site.ts";

const api = onCallApi();
beforeAll(async () => void Object.assign(process.env, await siteEnvironment()));

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, " ")
    .replace(/[\u2068\u2069]/g, "")
    .replace(/\s+/g, " ");
const flashOf = (text: string) => textOf(/id="flash"[^>]*>(.*?)<\/div>/s.exec(text)?.[1] ?? "").trim();
const faultOf = (text: string, id: string) =>
  textOf(new RegExp(`id="${id}-fault">(.*?)</p>`, "s").exec(text)?.[1] ?? "").trim();

const members = [
  { name: "Ada", email: "ada@example.com", role: "primary" },
  { name: "Bob", email: "bob@example.com", role: "primary" },
];

/** A team in Berlin, and a browser that has its page open. */
async function aTeamsPage() {
  const team = aTeam();
  const plan = { team, rotation_type: "weekly", timezone: "Europe/Berlin", members };
  await api.ok("POST /api/v1/schedules", plan);
  const path = `/on-call/${team}`;
  const browser = aBrowser();
  const { text } = await browser.get(path);
  const here = { back: path, timezone: "Europe/Berlin" };
  const override = {
    ...here,
    person: "Cyd <cyd@example.com>",
    role: "primary",
    from: "2026-11-23T12:00",
    to: "2026-11-23T18:00",
  };
  const overrides = async () => (await api.ok(`GET /api/v1/oncall/overrides?team=${team}`)).overrides;
  const primary = async () => (await api.ok(`GET /api/v1/oncall/current?team=${team}`)).primary?.name;
  return { team, path, browser, text, here, override, overrides, primary };
}

describe("the list of teams", () => {
  test("has each with who is on call, who is next, and gaps", async () => {
    const { team } = await aTeamsPage();
    const { status, text } = await aBrowser().get("/on-call?limit=200");
    expect(status).toBe(200);
    const row = textOf(new RegExp(`<tr id="team-${team}".*?</tr>`, "s").exec(text)?.[0] ?? "");
    expect(row).toContain(`${team} Ada 6d 22h Bob Bob ✓ Covered`);
  });

  test("leads on by cursors", async () => {
    await aTeamsPage();
    await aTeamsPage();
    const { text } = await aBrowser().get("/on-call?limit=1");
    const next = /href="(\/on-call\?cursor=[^"]*)"/.exec(text)?.[1] ?? "";
    expect((await aBrowser().get(`${next}&limit=1`)).text).toContain("First teams");
  });
});

describe("a team's page", () => {
  test("shows two weeks from today in the schedule's zone, and as much else as one asks for", async () => {
    const { path, browser, text } = await aTeamsPage();
    expect(text.match(/id="day-/g)).toHaveLength(14);
    expect(text).toContain('id="day-2026-11-23" class="today"');
    const spring = await browser.get(`${path}?from=2027-03-01&span=1-month&timezone=America/New_York`);
    expect(spring.text.match(/id="day-/g)).toHaveLength(31);
    expect(textOf(spring.text)).toContain("Sun 14 Mar ◷ At 02:00 clocks go forward by 1h");
    expect(spring.text).toContain("from=2027-04-01");
    // Past shifts stay visible, also from before the schedule was created.
    expect((await browser.get(`${path}?from=2025-01-01&span=2-months`)).status).toBe(200);
  });

  test("of an unknown team, or with an invalid request, shows the error", async () => {
    const { path, browser } = await aTeamsPage();
    expect((await browser.get("/on-call/nobodys")).status).toBe(404);
    expect((await browser.get(`${path}?from=2026-02-30`)).status).toBe(422);
    expect((await browser.get(`${path}?timezone=Mars/Base`)).status).toBe(422);
  });

  test("is not taken for the page of a simulation", async () => {
    expect((await aBrowser().get("/on-call/simulate")).text).toContain("Escalation simulation");
  });
});

describe("taking the next hours", () => {
  test("makes a person primary from now on, and is audited", async () => {
    const { path, browser, here, primary, overrides, team } = await aTeamsPage();
    const fields = { ...here, person: "Cyd <cyd@example.com>", hours: "4" };
    const reply = await browser.send(`${path}/take-over`, fields);
    expect([reply.status, reply.headers.location]).toEqual([303, path]);
    const { text } = await browser.get(path);
    expect(flashOf(text)).toBe("Cyd is primary until Mon 23 Nov 15:00 (Europe/Berlin).");
    expect(await primary()).toBe("Cyd");
    const [made] = await overrides();
    expect(made).toMatchObject({
      team,
      starts_at: new Date(monday).toISOString(),
      ends_at: "2026-11-23T14:00:00.000Z",
      replaces: null,
    });
    const { entries } = await api.ok(`GET /api/v1/audit?resource=override/${made.id}`);
    expect(entries).toMatchObject([{ actor: "someone", method: "POST", path: `${path}/take-over` }]);
  });

  test("a second time is another override, as in the API", async () => {
    const { path, browser, here, overrides } = await aTeamsPage();
    const fields = { ...here, person: "cyd@example.com" };
    await browser.send(`${path}/take-over`, { ...fields, hours: "4" });
    const again = await browser.send(`${path}/take-over`, { ...fields, hours: "4" });
    expect(again.status).toBeLessThan(400);
    expect(await overrides()).toHaveLength(2);
  });
});

describe("an override", () => {
  test("is between two times on the wall", async () => {
    const { path, browser, override, overrides } = await aTeamsPage();
    const reply = await browser.send(
      `${path}/overrides`,
      { ...override, replaces: "ada@example.com", reason: "dentist" },
      byScript,
    );
    expect(flashOf(reply.text)).toBe(
      "Cyd is primary from Mon 23 Nov 12:00 until Mon 23 Nov 18:00 (Europe/Berlin).",
    );
    expect(await overrides()).toMatchObject([
      {
        starts_at: "2026-11-23T11:00:00.000Z",
        ends_at: "2026-11-23T17:00:00.000Z",
        replaces: "ada@example.com",
        reason: "dentist",
      },
    ]);
  });

  test("covers an hour that comes twice, and begins after one that does not come", async () => {
    const { path, browser, override, overrides } = await aTeamsPage();
    const fields = { ...override, from: "2027-10-31T02:00", to: "2027-10-31T02:30" };
    await browser.send(`${path}/overrides`, fields);
    await browser.send(`${path}/overrides`, {
      ...override,
      from: "2027-03-28T02:30",
      to: "2027-03-28T04:00",
    });
    expect(
      (await overrides()).map(({ starts_at, ends_at }: Record<string, string>) => [starts_at, ends_at]),
    ).toEqual(
      expect.arrayContaining([
        ["2027-10-31T00:00:00.000Z", "2027-10-31T01:30:00.000Z"],
        ["2027-03-28T01:00:00.000Z", "2027-03-28T02:00:00.000Z"],
      ]),
    );
  });

  test.each([
    ["person", { person: "nobody at all" }, "must be an email address, or a name"],
    ["to", { to: "2026-11-23T11:59" }, "must be after the start"],
    ["to", { from: "2026-11-20T10:00", to: "2026-11-20T12:00" }, "must not be in the past"],
    ["from", { from: "2026-02-30T10:00" }, "must be a date and a time"],
    ["to", { to: "" }, "must be a date and a time"],
  ])("with a fault in %s comes back with what was typed, script or not", async (field, fields, words) => {
    const { path, browser, override, overrides } = await aTeamsPage();
    for (const headers of [{}, byScript]) {
      const sent = { ...override, reason: "half a sentence", ...fields };
      const reply = await browser.send(`${path}/overrides`, sent, headers);
      expect(reply.status).toBe(422);
      expect(faultOf(reply.text, `override-on-call-${field}`)).toContain(words);
      expect(reply.text).toContain('value="half a sentence"');
      // News would wipe the marks away.
      expect(reply.text).not.toContain("data-every");
    }
    expect(await overrides()).toEqual([]);
  });

  test("next to others is accepted and lists those it takes precedence over", async () => {
    const { path, browser, override } = await aTeamsPage();
    await browser.send(`${path}/overrides`, override);
    const again = await browser.send(`${path}/overrides`, {
      ...override,
      from: "2026-11-23T17:00",
      to: "2026-11-23T20:00",
    });
    expect(again.status).toBeLessThan(400);
    const bobs = { ...override, person: "Bob <bob@example.com>" };
    expect(flashOf((await browser.send(`${path}/overrides`, bobs, byScript)).text)).toContain(
      "It takes precedence over the override of Cyd (until Mon 23 Nov 18:00), Cyd (until Mon 23 Nov 20:00).",
    );
  });

  test("ends by its button", async () => {
    const { path, browser, here, override, primary, overrides } = await aTeamsPage();
    await browser.send(`${path}/overrides`, override);
    at("2026-11-23T12:00:00Z");
    expect(await primary()).toBe("Cyd");
    const [{ id }] = await overrides();
    const reply = await browser.send(`${path}/overrides/${id}/end`, here, byScript);
    expect(flashOf(reply.text)).toBe("Ended the override of Cyd.");
    expect(await primary()).toBe("Ada");
  });
});

test("an override that someone else cancelled in the meantime is reported", async () => {
  const { path, browser, here, override, overrides } = await aTeamsPage();
  await browser.send(`${path}/overrides`, override);
  const [{ id }] = await overrides();
  await browser.send(`${path}/overrides/${id}/end`, here);
  const reply = await browser.send(`${path}/overrides/${id}/end`, here, byScript);
  expect(flashOf(reply.text)).toBe("This override has already ended.");
  expect(await overrides()).toEqual([]);
});

test("the calendar's address can be rotated", async () => {
  const { path, browser, here, text } = await aTeamsPage();
  const addressOf = (html: string) => /<code id="webcal">(.*?)<\/code>/.exec(html)?.[1] ?? "";
  expect(addressOf(text)).toMatch(/^webcal:\/\/.*\/calendar\.ics\?token=/);
  const reply = await browser.send(`${path}/calendar-address`, here, byScript);
  expect(flashOf(reply.text)).toContain("Rotated the calendar URL");
  expect(addressOf(reply.text)).not.toBe(addressOf(text));
});

describe("a simulation", () => {
  test("shows whom an incident of a service would page, and creates nothing", async () => {
    const { team } = await aTeamsPage();
    const asked = `service=${team}&severity=high&at=2026-11-30T10:00&timezone=Europe/Berlin`;
    const { text } = await aBrowser().get(`/on-call/simulate?${asked}`);
    expect(textOf(text)).toContain(
      "Immediately, Mon 30 Nov 10:00 · level 1 Bob by email primary by layer primary",
    );
    expect(textOf(text)).toContain("After 5m, Mon 30 Nov 10:05 · level 2 Ada");
  });

  test("shows what is wrong with a question at its field, and keeps what was typed", async () => {
    const { status, text } = await aBrowser().get("/on-call/simulate?service=x&at=tomorrow&timezone=Mars");
    expect(status).toBe(422);
    for (const shown of ['id="at-fault"', 'id="timezone-fault"', 'value="tomorrow"', 'value="x"']) {
      expect(text).toContain(shown);
    }
  });

  test("shows the fallback if no one is on call", async () => {
    const { text } = await aBrowser().get("/on-call/simulate?service=orphan");
    expect(textOf(text)).toContain("No one is on call");
  });
});
