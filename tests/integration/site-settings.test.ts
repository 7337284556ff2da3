/** The UI's settings through its functions, on real emulators. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { unique } from "../support/builders.ts";
import { call, handlerOf } from "../support/functions/lambda.ts";
import { aTeam, onCallApi } from "../support/functions/on-call-api.ts";
import { aBrowser, type Browser, byScript, siteEnvironment } from "../support/functions/site.ts";

const api = onCallApi();
beforeAll(async () => void Object.assign(process.env, await siteEnvironment()));

const headingOf = (text: string) => /<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1]?.replace(/<[^>]*>/g, "") ?? "";
const flashOf = (text: string) =>
  (/id="flash"[^>]*>(.*?)<\/div>/s.exec(text)?.[1] ?? "").replace(/<[^>]*>|[\u2068\u2069]/g, "");
const aUserOf = async (browser: Browser, name = "Zoë") => {
  const email = `${unique("zoe-").toLowerCase()}@example.com`;
  const path = `/settings/users/${encodeURIComponent(email)}`;
  await browser.get("/settings/users");
  const added = await browser.send("/settings/users", { email, name, timezone: "Europe/Berlin" });
  return { email, path, added, here: { back: path } };
};
const latestChange = async (resource: string) =>
  (await api.ok(`GET /api/v1/audit?resource=${resource}`)).entries[0];

const faultOf = (text: string, field: string) =>
  new RegExp(`id="${field}-fault"[^>]*>(.*?)</`, "s").exec(text)?.[1]?.replace(/<[^>]*>|[\u2068\u2069]/g, "");
/** Values that the forms of a page began with, in their order. */
const basesOf = (text: string) =>
  [...text.matchAll(/name="base" value="([^"]*)"/g)].map(([, base = ""]) =>
    base.replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
  );

describe("services", () => {
  test("are given to a team, and changed, and that is written down in the name of who did it", async () => {
    const [service, team] = [unique("service-").toLowerCase(), aTeam()];
    const browser = aBrowser();
    await browser.get("/services");
    await browser.send("/name", { name: "ada", back: "/services" });
    const saved = await browser.send("/services", { service, team });
    expect([saved.status, saved.headers.location]).toEqual([303, `/services/${service}`]);
    const page = await browser.get(`/services/${service}`);
    expect(flashOf(page.text)).toBe(
      `Saved ${service}. It belongs to ${team}. The team ${team} has no schedule yet. ` +
        "Create one, or its incidents page the fallback address.",
    );
    const editor = `/services/${service}/edit`;
    const change = async (fields: Record<string, string>) => {
      const [base = ""] = basesOf((await browser.get(editor)).text);
      return { base, reply: await browser.send(editor, { op: "save", base, team, ...fields }) };
    };
    const { base, reply } = await change({ auto_resolve: "1 h 30 min", urgency: "low" });
    expect([reply.status, reply.headers.location]).toEqual([303, `/services/${service}`]);
    expect((await browser.get(editor)).text).toContain('value="1 h 30 min"');
    await change({ auto_resolve: "", urgency: "low" });
    const conflict = await browser.send(editor, { op: "save", base, team: "late", urgency: "low" });
    expect([conflict.status, faultOf(conflict.text, "team")]).toEqual([
      409,
      expect.stringContaining("was saved by someone else"),
    ]);
    // The form of the list creates services, and changes none.
    const again = await browser.send("/services", { service, team: "other", back: "/services" });
    expect([again.status, faultOf(again.text, "save-service-service")]).toEqual([
      409,
      expect.stringContaining(`already belongs to ${team}`),
    ]);
    const { services } = await api.ok("GET /api/v1/services?limit=200");
    expect(services.find((each: { service: string }) => each.service === service)).toMatchObject({
      team,
      auto_resolve_seconds: null,
      urgency: "low",
    });
    expect(await latestChange(`service/${service}`)).toMatchObject({
      actor: "ada",
      before: { auto_resolve_seconds: 5_400 },
      after: { auto_resolve_seconds: null },
    });
  });

  test("are deleted once, and the second time that is said", async () => {
    const service = unique("service-").toLowerCase();
    await api.ok(`PUT /api/v1/services/${service}`, { team: aTeam() });
    const browser = aBrowser();
    await browser.get(`/services/${service}/edit`);
    for (const text of [`Deleted ${service}.`, "This service has already been deleted."]) {
      const deleted = await browser.send(`/services/${service}/delete`, {});
      expect([deleted.status, deleted.headers.location]).toEqual([303, "/services"]);
      expect(flashOf((await browser.get("/services")).text)).toBe(text);
    }
  });

  test.each(["soon", "31 d", "0 s", "90"])("don't resolve themselves after %o", async (time) => {
    const browser = aBrowser();
    await browser.get("/services/a/edit");
    const reply = await browser.send("/services/a/edit", { op: "save", team: "b", auto_resolve: time });
    expect([reply.status, headingOf(reply.text)]).toEqual([422, "Configure a"]);
    expect(reply.text).toContain('id="auto_resolve-fault"');
    expect(reply.text).toContain(`value="${time}"`);
  });
});

describe("a person", () => {
  test("is added, gets contact methods and rules, and loses them again", async () => {
    const browser = aBrowser();
    const { email, path, added, here } = await aUserOf(browser);
    expect([added.status, added.headers.location]).toEqual([303, path]);
    const change = (fields: Record<string, string | string[]>) =>
      browser.send(path, { ...here, ...fields }, byScript);
    await change({ change: "add", channel: "sms", address: "+49 151 12345678" });
    const both = await change({ change: "add", channel: "email", address: "Zoe@Home.example" });
    expect(flashOf(both.text)).toBe("Added a contact method.");
    const rules = { by: ["sms", "email", "", "email"], after: ["5 min", "", "9 h", "90 s"] };
    const [base = ""] = basesOf(both.text);
    await change({ change: "rules", base, ...rules });
    const late = await browser.send(path, { ...here, change: "rules", base, by: "sms", after: "" });
    expect([late.status, faultOf(late.text, "change-user-rules")]).toEqual([
      409,
      expect.stringContaining("saved by someone else"),
    ]);
    expect(await api.ok(`GET /api/v1/users/${email}`)).toMatchObject({
      name: "Zoë",
      timezone: "Europe/Berlin",
      contact_methods: [
        { id: "sms", channel: "sms", address: "+4915112345678" },
        { id: "email", channel: "email", address: "zoe@home.example" },
      ],
      notification_rules: [
        { contact_method_id: "email", delay_seconds: 0 },
        { contact_method_id: "email", delay_seconds: 90 },
        { contact_method_id: "sms", delay_seconds: 300 },
      ],
    });
    const [, low = "", profile = ""] = basesOf(late.text);
    await change({ change: "low_urgency_rules", base: low, by: ["sms"], after: ["1 h"] });
    expect((await api.ok(`GET /api/v1/users/${email}`)).low_urgency_rules).toEqual([
      { contact_method_id: "sms", delay_seconds: 3_600 },
    ]);
    const renamed = { back: path, email, timezone: "Europe/Berlin" };
    await browser.send("/settings/users", { ...renamed, name: "Zoé", base: profile });
    const overtaken = await browser.send("/settings/users", { ...renamed, name: "Zoe", base: profile });
    expect([overtaken.status, faultOf(overtaken.text, "save-user-name")]).toEqual([
      409,
      expect.stringContaining("was saved by someone else as Zoé"),
    ]);
    await change({ change: "remove", method: "email" });
    expect(await api.ok(`GET /api/v1/users/${email}`)).toMatchObject({
      contact_methods: [{ id: "sms" }],
      notification_rules: [{ contact_method_id: "sms" }],
    });
    const gone = await browser.send(path, { ...here, change: "delete" });
    expect(gone.headers.location).toBe("/settings/users");
    expect(await latestChange(`user/${email}`)).toMatchObject({ after: null, method: "POST" });
    const missing = await browser.get(path);
    expect([missing.status, headingOf(missing.text)]).toEqual([200, email]);
    const again = { back: path, email, timezone: "nowhere", name: "Zoë" };
    const rejected = await browser.send("/settings/users", again);
    expect([rejected.status, headingOf(rejected.text)]).toEqual([422, email]);
    await browser.send("/settings/users", { ...again, timezone: "UTC" });
    expect(headingOf((await browser.get(path)).text)).toBe("Zoë");
  });

  test.each([
    [{ change: "add", channel: "sms", address: "home" }, 'id="change-user-address-fault"'],
    [{ change: "add", channel: "slack", address: "https://hooks.slack.com/…wxyz" }, "…wxyz"],
    [{ change: "add", channel: "sms", address: "+49 151 1234-5678" }, "is listed already for this channel"],
    [{ change: "rules", by: "pigeon", after: "1 min" }, 'id="change-user-rules-fault"'],
    [{ change: "rules", by: "sms", after: "13 h" }, 'value="13 h"'],
    [{ change: "tickle" }, "Check 1 field and try again."],
  ])("is left as they are by %o, and sees why", async (fields, shown) => {
    const browser = aBrowser();
    const user = await aUserOf(browser);
    await browser.send(user.path, { ...user.here, change: "add", channel: "sms", address: "+4915112345678" });
    const reply = await browser.send(user.path, { ...user.here, ...fields });
    expect(reply.status).toBe(422);
    expect(reply.text).toContain(shown);
    expect(await api.ok(`GET /api/v1/users/${user.email}`)).toMatchObject({
      contact_methods: [{ id: "sms" }],
    });
  });

  test("is sent a test by the way that they ask for", async () => {
    const browser = aBrowser();
    const { email, path, here } = await aUserOf(browser);
    await browser.send(path, { ...here, change: "add", channel: "console", address: "here" });
    const reply = await browser.send(path, { ...here, change: "test", method: "console" }, byScript);
    expect(flashOf(reply.text)).toBe("Sending a test message to console.");
    const { notifications } = await api.ok(`GET /api/v1/notifications?recipient=${email}`);
    expect(notifications).toMatchObject([{ channel: "console", incident_id: null, status: "queued" }]);
    expect((await browser.send(path, { ...here, change: "test", method: "gone" })).status).toBe(404);
  });
});

test("a team's channels are added, tested and removed", async () => {
  const [team, browser] = [aTeam(), aBrowser()];
  const path = `/settings/channels?team=${team}`;
  await browser.get(path);
  const change = (fields: Record<string, string | string[]>) =>
    browser.send("/settings/channels", { back: path, team, ...fields });
  const none = await change({ change: "add", channel: "slack", address: "#pay" });
  expect(none.status).toBe(422);
  expect(none.text).toContain('id="change-team-channels-events-fault"');
  await change({ change: "add", channel: "slack", address: "#pay", events: ["triggered", "resolved"] });
  expect((await browser.get(path)).text).toContain("Notified when triggered, resolved");
  expect(await api.ok(`GET /api/v1/teams/${team}/channels`)).toMatchObject({
    channels: [{ id: "slack", address: "#pay", events: ["triggered", "resolved"] }],
  });
  await change({ change: "test", id: "slack" });
  expect((await api.ok(`GET /api/v1/notifications?recipient=${team}`)).notifications).toHaveLength(1);
  await change({ change: "remove", id: "slack" });
  expect(await api.ok(`GET /api/v1/teams/${team}/channels`)).toMatchObject({ channels: [] });
});

describe("an integration", () => {
  const keyIn = (text: string) => /id="new-key">([0-9a-f]{32})</.exec(text)?.[1];
  const make = async (browser: Browser, fields = {}, headers = {}) => {
    await browser.get("/settings/integrations");
    const name = unique("integration ");
    const asked = { name, type: "sns", service: unique("Service-"), team: "", ...fields };
    const made = await browser.send("/settings/integrations", asked, headers);
    const { integrations } = await api.ok("GET /api/v1/integrations?limit=200");
    const { id } = integrations.find((each: { name: string }) => each.name === name) ?? {};
    return { name, made, id, path: `/settings/integrations/${id}` };
  };

  test.each([
    ["with our script", byScript],
    ["without it", {}],
  ])("shows its key %s in the response to its form, and never again", async (_, headers) => {
    const browser = aBrowser();
    const { made, path } = await make(browser, {}, headers);
    const key = keyIn(made.text);
    expect([made.status, made.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(key).toBeDefined();
    expect(made.text).toContain(
      `--notification-endpoint &#39;http://localhost:8080/integrations/${key}&#39;`,
    );
    const again = await browser.get(path);
    expect(again.text).toContain("/integrations/KEY");
    expect(again.text).not.toContain(key);
  });

  test("assigns its service to a team, if the form selects one", async () => {
    const [service, team] = [unique("service-").toLowerCase(), aTeam()];
    await make(aBrowser(), { service, team });
    const { services } = await api.ok("GET /api/v1/services?limit=200");
    expect(services).toContainEqual(expect.objectContaining({ service, team }));
    expect((await make(aBrowser(), { type: "smoke" })).made.status).toBe(422);
  });

  test("shows what came in and what was not understood, is rotated and deleted", async () => {
    const browser = aBrowser();
    const { name, made, id, path } = await make(browser, { type: "generic" });
    const receive = await handlerOf("integrations/receive-event");
    const key = keyIn(made.text);
    const post = (body: object) => call(receive, { method: "POST", path: `/integrations/${key}`, body });
    expect((await post({ title: "down" })).status).toBe(202);
    expect((await post({ wrong: "<b>" })).status).toBe(422);
    const page = await browser.get(path);
    expect(page.text).toContain("the body has no message and none at the mapped path");
    expect(page.text).toContain("{&quot;wrong&quot;:&quot;&lt;b&gt;&quot;}");
    const here = { back: path };
    const rotated = await browser.send(path, { change: "rotate", ...here });
    expect(keyIn(rotated.text)).not.toBe(key);
    expect(keyIn(rotated.text)).toBeDefined();
    const deleted = await browser.send(path, { change: "delete", ...here });
    expect([deleted.status, deleted.headers.location]).toEqual([303, "/settings/integrations"]);
    expect((await browser.get("/settings/integrations")).text).not.toContain(`<bdi>${name}`);
    expect((await browser.get(path)).status).toBe(404);
    expect(await latestChange(`integration/${id}`)).toMatchObject({ after: null });
  });
});

describe("an API key", () => {
  const keyIn = (text: string) => /ipk_[\w-]{43}/.exec(text)?.[0];
  const make = async (browser: Browser, fields = {}, headers = {}) => {
    await browser.get("/settings/keys");
    const asked = { change: "create", name: unique("key "), scopes: ["read"], days: "30", ...fields };
    return browser.send("/settings/keys", asked, headers);
  };

  test.each([
    ["with our script", byScript],
    ["without it", {}],
  ])("shows %s in the response to its form, and never again", async (_, headers) => {
    const browser = aBrowser();
    const made = await make(browser, {}, headers);
    expect([made.status, headingOf(made.text)]).toEqual([200, "API keys"]);
    expect(made.headers["cache-control"]).toBe("no-store");
    const key = keyIn(made.text);
    expect(key).toBeDefined();
    expect([...browser.cookies.values()].join()).not.toContain(key);
    expect((await browser.get("/settings/keys")).text).not.toContain(key);
    const { entries } = await api.ok("GET /api/v1/audit?resource=key");
    expect(JSON.stringify(entries)).not.toContain(key);
  });

  test("holds as long, and may as much, as the form says", async () => {
    const name = unique("key ");
    await make(aBrowser(), { name, scopes: ["write", "ingest"], days: "" });
    const { keys } = await api.ok("GET /api/v1/keys?limit=200");
    expect(keys.find((each: { name: string }) => each.name === name)).toMatchObject({
      scopes: ["ingest", "write"],
      expires_at: null,
    });
    expect((await make(aBrowser(), { scopes: [] })).status).toBe(422);
    expect((await make(aBrowser(), { days: "0" })).status).toBe(422);
  });

  test("is limited to teams, or for emergencies", async () => {
    const [limited, glass] = [unique("key "), unique("key ")];
    const fields = { name: limited, scopes: ["write"], teams: "Payments, checkout," };
    const made = await make(aBrowser(), fields);
    expect(made.status).toBe(200);
    expect(made.text).toContain("has no schedule yet. If its name is wrong, revoke the key");
    expect(keyIn(made.text)).toBeDefined();
    await make(aBrowser(), { name: glass, scopes: ["admin"], break_glass: "on" });
    const { keys } = await api.ok("GET /api/v1/keys?limit=200");
    const named = (name: string) => keys.find((each: { name: string }) => each.name === name);
    expect(named(limited)).toMatchObject({ teams: ["payments", "checkout"], break_glass: false });
    expect(named(glass)).toMatchObject({ teams: null, break_glass: true, expires_at: null });
    const { text } = await make(aBrowser(), { scopes: ["read"], teams: "payments" });
    expect(faultOf(text, "change-api-keys-teams")).toBe("requires the scope write");
  });

  test("is rotated and revoked; what is revoked can't come back", async () => {
    const browser = aBrowser();
    const first = keyIn((await make(browser)).text);
    const [{ id }] = (await api.ok("GET /api/v1/keys?limit=1")).keys;
    const change = (change: string, headers = {}) =>
      browser.send("/settings/keys", { back: "/settings/keys", change, id }, headers);
    const rotated = await change("rotate");
    expect(keyIn(rotated.text)).not.toBe(first);
    expect(flashOf((await change("revoke", byScript)).text)).toMatch(/^Revoked/);
    const late = await change("rotate", byScript);
    expect(flashOf(late.text)).toMatch(/^Not rotated: The key .* is expired or revoked/);
    expect(keyIn(late.text)).toBeUndefined();
    expect(await api.ok(`GET /api/v1/keys/${id}`)).toMatchObject({ revoked_at: expect.any(String) });
  });
});

test("roles in a team are assigned, replaced and removed by its page", async () => {
  const browser = aBrowser();
  const team = unique("roles-").toLowerCase();
  const path = `/settings/access?team=${team}`;
  const rolesIn = async () => (await api.ok(`GET /api/v1/teams/${team}/roles`)).roles;
  const ada = { back: path, team, kind: "person", holder: "Ada@example.com" };
  await browser.get(path);
  for (const role of ["viewer", "manager"]) {
    const given = await browser.send("/settings/access", { ...ada, change: "give", role }, byScript);
    expect(flashOf(given.text)).toContain(`Assigned the role ${role} to`);
  }
  expect(await rolesIn()).toEqual([{ role: "manager", email: "ada@example.com" }]);
  expect((await browser.get(path)).text).toContain("<bdi>ada@example.com</bdi>");
  const wrong = { ...ada, holder: "sre", change: "give", role: "viewer" };
  const refused = await browser.send("/settings/access", wrong);
  expect([refused.status, faultOf(refused.text, "change-roles-holder")]).toEqual([
    422,
    "must be an email address",
  ]);
  await browser.send("/settings/access", { ...wrong, kind: "group" });
  await browser.send("/settings/access", { ...ada, change: "take" });
  expect(await rolesIn()).toEqual([{ role: "viewer", group: "sre" }]);
  expect(await latestChange("roles")).toMatchObject({ resource_id: team });
});

test("the audit log is narrowed to what, its name, and who", async () => {
  const service = unique("service-").toLowerCase();
  const browser = aBrowser();
  await browser.get("/services");
  await browser.send("/name", { name: "auditor", back: "/" });
  await browser.send("/services", { service, team: "pay" });
  for (const query of [`kind=service&id=${service}`, "actor=auditor", "kind=service&actor=auditor&id="]) {
    expect((await browser.get(`/settings/audit?${query}`)).text, query).toContain(`<bdi>${service}</bdi>`);
  }
  expect((await browser.get("/settings/audit?kind=user&actor=auditor")).text).toContain(
    "No entries match these filters",
  );
  expect((await browser.get(`/settings/audit?id=${service}`)).status).toBe(422);
});

describe("where people sign in", () => {
  const secrets = { read: "may read", write: "may write", admin: "may all" };
  const apiKeys = Object.entries(secrets).map(([scope, key]) => `${scope}er:${scope}:${sha256(key)}`);
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  async function signedIn(scope: keyof typeof secrets) {
    vi.resetModules();
    vi.stubEnv("AUTH", "required");
    vi.stubEnv("API_KEYS", apiKeys.join());
    const browser = aBrowser();
    await browser.get("/sign-in");
    await browser.send("/sign-in", { key: secrets[scope], back: "/" });
    return browser;
  }

  test.each(["read", "write"] as const)(
    "a key that may %s sees why it doesn't see keys and the log",
    async (scope) => {
      const browser = await signedIn(scope);
      for (const path of ["/settings/keys", "/settings/audit?kind=nonsense"]) {
        const { status, text } = await browser.get(path);
        expect([status, headingOf(text)], path).toEqual([403, "Insufficient permissions"]);
        expect(text).toContain(`The key &quot;${scope}er&quot; lacks the scope admin.`);
        expect(text).toContain("Sign out");
        expect(text).not.toContain('name="change"');
      }
      const made = await browser.send("/settings/keys", { change: "create", name: "mine", scopes: "admin" });
      expect(made.status).toBe(403);
    },
  );

  test("a key that may only read sees no form, and can't send one", async () => {
    const browser = await signedIn("read");
    const { text } = await browser.get("/services");
    expect(text).not.toContain('name="auto_resolve"');
    expect((await browser.send("/services", { service: "a", team: "b" })).status).toBe(403);
  });

  test("a key that may all does so in its name", async () => {
    const browser = await signedIn("admin");
    const page = await browser.get("/settings/keys");
    expect(page.status).toBe(200);
    await browser.send("/settings/keys", { change: "create", name: "made by adminer", scopes: "ingest" });
    const { text } = await browser.get("/settings/audit?kind=key");
    expect(text).toMatch(/adminer<\/bdi><\/a>.*made by adminer/s);
  });
});
