/** The UI through its functions, on real emulators. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { pageRoutes } from "../../shared/web/site/routes.ts";
import { minutes, monday, seconds, unique } from "../support/builders.ts";
import { call, handlerOf } from "../support/functions/lambda.ts";
import { at, onCallApi } from "../support/functions/on-call-api.ts";
import { aBrowser, byScript, siteEnvironment } from "../support/functions/site.ts";

const api = onCallApi();
beforeAll(async () => void Object.assign(process.env, await siteEnvironment()));

const open = async (fields: object = {}): Promise<{ id: string; number: number }> =>
  api.ok("POST /api/v1/incidents", { title: "down", service: "checkout", severity: "high", ...fields });
const stateOf = (id: string) => api.ok(`GET /api/v1/incidents/${id}`);
const later = (ms: number) => at(new Date(monday + ms).toISOString());
const headingOf = (text: string) => /<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1]?.replace(/<[^>]*>/g, "") ?? "";
const flashOf = (text: string) =>
  (/id="flash"[^>]*>(.*?)<\/div>/s.exec(text)?.[1] ?? "").replace(/<[^>]*>|[\u2068\u2069]/g, "");

/** A browser that has the incident's page open. */
async function visiting(incident: { number: number }) {
  const browser = aBrowser();
  await browser.get(`/incidents/${incident.number}`);
  const here = { back: `/incidents/${incident.number}` };
  const respond = (response: string, id: string, headers = {}) =>
    browser.send("/incidents/respond", { ...here, response, incidents: id }, headers);
  return { browser, here, respond };
}

describe("pages", () => {
  test("run and load only our own files, and are kept by no cache between", async () => {
    const { number } = await open();
    for (const path of ["/", "/incidents", `/incidents/${number}`, "/sign-in", "/incidents/nothing"]) {
      const { status, headers, text } = await aBrowser().get(path);
      expect(headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "cache-control": status === 200 ? "private, no-cache" : "no-store",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "content-security-policy":
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
          "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      });
      expect(text).not.toMatch(/<style|\sstyle=|\son\w+=/);
    }
  });

  test("are sent again only when they have changed, and never with a message or to our script from a cache", async () => {
    const { number } = await open();
    const browser = aBrowser();
    const path = `/incidents/${number}`;
    await browser.get(path);
    const { etag = "", vary } = (await browser.get(path)).headers;
    expect(vary).toBe("accept-encoding, cookie, hx-request");
    const known = await browser.get(path, { "if-none-match": etag });
    expect([known.status, known.text, known.headers.etag]).toEqual([304, "", etag]);
    await browser.send(`${path}/notes`, { content: "seen", back: path });
    const withMessage = await browser.get(path, { "if-none-match": etag });
    expect([withMessage.status, withMessage.headers["cache-control"]]).toEqual([200, "no-store"]);
    const changed = await browser.get(path, { "if-none-match": etag });
    expect([changed.status, changed.headers.etag === etag]).toEqual([200, false]);
    expect((await browser.get(path, byScript)).headers["cache-control"]).toBe("no-store");
  });

  test("load a stylesheet and a script that never change under their name, compressed", async () => {
    const browser = aBrowser();
    const { text } = await browser.get("/");
    const urls = [...text.matchAll(/(?:href|src)="(\/assets\/app\.\w+\.(?:css|js))"/g)].map(
      ([, url = ""]) => url,
    );
    expect(urls).toHaveLength(2);
    for (const url of urls) {
      const reply = await browser.get(url, { "accept-encoding": "gzip, br" });
      expect(reply.headers).toMatchObject({
        "cache-control": "public, max-age=31536000, immutable",
        "content-encoding": "br",
      });
    }
    expect((await browser.get("/assets/app.00000000.js")).status).toBe(404);
    expect((await browser.get("/assets/urls.json")).status).toBe(404);
  });

  test("that are not there, or are asked for wrongly, say so to people", async () => {
    const browser = aBrowser();
    const gone = await browser.get("/incidents/999999");
    expect([gone.status, headingOf(gone.text)]).toEqual([404, "Not found"]);
    const typed = await browser.get("/i/abc");
    expect([typed.status, headingOf(typed.text)]).toEqual([404, "Not found"]);
    const wrong = await browser.get("/incidents?status=burning&sort=newest&sort=oldest&utm_source=mail");
    expect([wrong.status, headingOf(wrong.text)]).toEqual([422, "Invalid request"]);
    const text = wrong.text.replace(/<[^>]*>/g, "").replaceAll("&quot;", '"');
    expect(text).toContain('status must be one of open, acknowledged, resolved, all, not "burning"');
    expect(text).toContain("sort must be given only once");
    expect(text).not.toContain("utm_source");
    const old = await browser.get("/incidents?status=open&cursor=x");
    expect([old.status, old.text]).toEqual([422, expect.stringContaining("belongs to another list")]);
  });

  test.each([
    ["DELETE", "/incidents", "web/show-page", "GET, HEAD"],
    ["PUT", "/incidents/new", "web/show-page", "GET, HEAD, POST"],
    ["POST", "/incidents", "web/act", "GET, HEAD"],
    ["POST", "/on-call/payments", "web/act", "GET, HEAD"],
  ])("do not take %s at %s, and list what they take", async (method, path, handler, allow) => {
    const refused = await call(await handlerOf(handler), { method, path, headers: { accept: "text/html" } });
    expect([refused.status, refused.headers.allow, headingOf(refused.text)]).toEqual([
      405,
      allow,
      "Method not allowed",
    ]);
  });

  test.each([
    ["/i/120", "/incidents/120"],
    ["/settings", "/settings/integrations"],
  ])("at %s lead to %s", async (path, to) => {
    const { status, headers } = await aBrowser().get(path);
    expect([status, headers.location]).toEqual([303, to]);
  });

  test("show times in the chosen time zone", async () => {
    const { number } = await open();
    const browser = aBrowser();
    await browser.get("/");
    const chosen = await browser.send("/settings/time-zone", { timezone: "Asia/Tokyo", back: "/" });
    expect([chosen.status, chosen.headers.location]).toEqual([303, "/"]);
    expect((await browser.get(`/incidents/${number}`)).text).toMatch(/>\d{4}-\d\d-\d\d \d\d:\d\d UTC\+9</);
    const refused = await browser.send("/settings/time-zone", { timezone: "Mars/Olympus", back: "/" });
    expect(refused.status).toBe(422);
  });

  test("find incidents, services, teams and people by a part of their names, and open a number", async () => {
    const word = unique("findable-");
    const { number } = await open({ title: `The ${word} is down`, service: word });
    const browser = aBrowser();
    const { text } = await browser.get(`/search?q=${word.toUpperCase()}+down`);
    expect(text).toContain(`href="/incidents/${number}"`);
    const named = await browser.get(`/search?q=%23${number}`);
    expect([named.status, named.headers.location]).toEqual([303, `/incidents/${number}`]);
    expect((await browser.get(`/search?q=${number}`)).text).toContain(word);
    expect((await browser.get(`/search?q=%23${number}`, byScript)).text).toContain(word);
    expect((await browser.get("/search?q=%23999999")).text).toContain("Nothing found");
  });

  test("of a list lead on by cursors that keep their filters", async () => {
    const service = unique("service-");
    for (let count = 0; count < 3; count += 1) await open({ service });
    const browser = aBrowser();
    const first = await browser.get(`/incidents?service=${service}&status=all&limit=2&text=`);
    const next = /href="(\/incidents\?[^"]*cursor[^"]*)"/.exec(first.text)?.[1]?.replaceAll("&amp;", "&");
    expect(next).toContain(`service=${service}`);
    const second = await browser.get(`${next}&limit=2`);
    expect([first, second].map(({ text }) => text.match(/data-row/g)?.length)).toEqual([2, 1]);
  });

  test("find incidents by a part of their title, whatever its case", async () => {
    const word = unique("Needle-");
    await open({ title: `the ${word} in it` });
    const browser = aBrowser();
    expect((await browser.get(`/incidents?text=${word.toUpperCase()}`)).text).toContain(word);
    expect((await browser.get("/incidents?text=no-such-word")).text).toContain(
      "No incidents match these filters",
    );
  });

  test("declare an incident, or show what is wrong at its field", async () => {
    const browser = aBrowser();
    await browser.get("/incidents/new?service=checkout");
    const here = { back: "/incidents/new", service: "checkout", severity: "critical" };
    const refused = await browser.send("/incidents/new", { ...here, title: "" });
    expect([refused.status, refused.text.match(/id="create-incident-\w+-fault"/g)]).toEqual([
      422,
      ['id="create-incident-title-fault"'],
    ]);
    const fields = { title: "Checkout <b>is</b> down", team: "payments", description: "Since 10:00" };
    const declared = await browser.send("/incidents/new", { ...here, ...fields });
    expect(declared.status).toBe(303);
    const to = declared.headers.location ?? "";
    expect(await stateOf(to.split("/").at(-1) ?? "")).toMatchObject({
      ...fields,
      ...{ service: "checkout", severity: "critical", status: "open", source: "manual" },
    });
    const shown = await browser.get(to);
    expect(flashOf(shown.text)).toMatch(/^\s*Declared incident #\d+ for team payments\.\s*$/);
    expect(headingOf(shown.text)).toContain("Checkout");
  });

  test("send a test alert for a service", async () => {
    const service = unique("tested-");
    const browser = aBrowser();
    await browser.get("/");
    const sent = await browser.send("/alerts/test", { back: "/", service });
    expect([sent.status, sent.headers.location]).toEqual([303, "/incidents"]);
    expect(flashOf((await browser.get("/incidents")).text)).toContain(`Sent a test alert for ${service}.`);
  });

  test("show the home page with what is open", async () => {
    const { number } = await open({ severity: "critical" });
    const { status, text } = await aBrowser().get("/");
    expect(status).toBe(200);
    expect(text).toContain(`href="/incidents/${number}"`);
  });
});

describe("a response", () => {
  test("without our script redirects back to the page, which shows the result once", async () => {
    const incident = await open();
    const { browser, respond, here } = await visiting(incident);
    const reply = await respond("acknowledge", incident.id);
    expect([reply.status, reply.headers.location]).toEqual([303, here.back]);
    expect(flashOf((await browser.get(here.back)).text)).toBe(`Acknowledged #${incident.number}.`);
    expect(flashOf((await browser.get(here.back)).text)).toBe("");
    expect(await stateOf(incident.id)).toMatchObject({ status: "acknowledged", acknowledged_by: "someone" });
  });

  test("with our script is the page's new content at once", async () => {
    const incident = await open();
    const { respond } = await visiting(incident);
    const reply = await respond("resolve", incident.id, byScript);
    expect(reply.status).toBe(200);
    expect(reply.text).toMatch(/^<title>.*<\/title><main id="main"/);
    expect(flashOf(reply.text)).toBe(`Resolved #${incident.number}.`);
    expect(reply.text).toContain("status resolved");
  });

  test("that comes too late says who was quicker, and how long ago", async () => {
    const incident = await open();
    const { respond } = await visiting(incident);
    await api.ok(`PATCH /api/v1/incidents/${incident.id}/resolve`, { actor: "bob" });
    later(seconds(12));
    const reply = await respond("acknowledge", incident.id, byScript);
    expect(flashOf(reply.text)).toBe(
      `#${incident.number} was resolved by bob 12 seconds ago and can no longer be acknowledged.`,
    );
    expect(await stateOf(incident.id)).toMatchObject({ status: "resolved", resolved_by: "bob" });
  });

  test("to several at once handles each separately", async () => {
    const [one, two, late] = [await open(), await open(), await open()];
    const browser = aBrowser();
    await browser.get("/incidents");
    await api.ok(`PATCH /api/v1/incidents/${late.id}/resolve`, { actor: "bob" });
    later(minutes(1));
    const fields = { response: "acknowledge", incidents: [one.id, two.id, late.id, "inc_gone"] };
    await browser.send("/incidents/respond", { ...fields, back: "/incidents?status=open" });
    const { text } = await browser.get("/incidents?status=open");
    expect(flashOf(text)).toBe(
      `Acknowledged #${one.number}, #${two.number}. ` +
        `#${late.number} was resolved by bob 1 minute ago and can no longer be acknowledged.`,
    );
  });

  test("to nothing says that nothing is selected", async () => {
    const browser = aBrowser();
    await browser.get("/incidents");
    const reply = await browser.send("/incidents/respond", { response: "acknowledge" });
    expect([reply.status, headingOf(reply.text)]).toEqual([422, "Invalid request"]);
  });

  test("is in the name that users give themselves", async () => {
    const incident = await open();
    const { browser, respond, here } = await visiting(incident);
    const named = await browser.send("/name", { name: "Zoë <zoe@example.com>", back: here.back });
    expect([named.status, named.headers.location]).toEqual([303, here.back]);
    expect((await browser.get(here.back)).text).toContain("Zoë &lt;zoe@example.com&gt;");
    await respond("acknowledge", incident.id);
    expect(await stateOf(incident.id)).toMatchObject({ acknowledged_by: "Zoë <zoe@example.com>" });
  });
});

describe("an incident's page", () => {
  test("adds notes, assigns it, and escalates", async () => {
    const incident = await open();
    const { browser, here } = await visiting(incident);
    const path = `/incidents/${incident.number}`;
    await browser.send(`${path}/notes`, { ...here, content: "rolled back\r\n<b>again</b>" });
    await browser.send(`${path}/assign`, { ...here, person: "Ada L. <Ada@Example.com>" });
    expect(await stateOf(incident.id)).toMatchObject({
      assigned_to: { name: "Ada L.", email: "ada@example.com" },
      notes: [{ author: "someone", content: "rolled back\n<b>again</b>" }],
    });
    const none = await browser.send(`${path}/escalate`, { ...here, team: "nobodys" }, byScript);
    expect(flashOf(none.text)).toContain("Not escalated: Team");
    await browser.send(`${path}/assign`, { ...here, unassign: "yes" });
    expect(await stateOf(incident.id)).toMatchObject({ assigned_to: null });
    const text = (await browser.get(path)).text;
    expect(text).toContain("&lt;b&gt;again&lt;/b&gt;");
  });

  test.each([
    ["assign", {}, "assign-incident-person", "is required"],
    [
      "assign",
      { person: "Ada <ada@example.com>", unassign: "yes" },
      "assign-incident-person",
      "must be empty",
    ],
    ["assign", { person: "nobody" }, "assign-incident-person", "must be an email address"],
    ["notes", {}, "add-note-content", "is required"],
    ["escalate", {}, "escalate-incident-team", "is required"],
    ["edit", { title: "", severity: "high" }, "edit-incident-title", "is required"],
  ])(
    "shows the errors of its form %s with %j at the field, also if no page was named",
    async (form, fields, id, fault) => {
      const incident = await open();
      const path = `/incidents/${incident.number}`;
      const { browser } = await visiting(incident);
      const ada = { name: "Ada", email: "ada@example.com" };
      await api.ok(`PATCH /api/v1/incidents/${incident.id}`, { assigned_to: ada });
      const { status, text } = await browser.send(`${path}/${form}`, fields);
      expect([status, headingOf(text)]).toEqual([422, expect.stringContaining(`#${incident.number}`)]);
      expect(new RegExp(`id="${id}-fault"[^>]*><bdi>(.*?)<`, "s").exec(text)?.[1]).toContain(fault);
      expect(await stateOf(incident.id)).toMatchObject({ assigned_to: ada, title: "down", notes: [] });
    },
  );
});

describe("a form that is not ours", () => {
  test.each([
    ["without a token", { form_token: "" }, {}],
    ["with a wrong one", { form_token: "x".repeat(43) }, {}],
    ["of another browser", {}, { cookie: "visitor=theirs" }],
    ["of another site", {}, { origin: "https://evil.example" }],
    ["of nowhere", {}, { origin: "null" }],
  ])("%s does nothing and shows an error page", async (_, fields, headers) => {
    const incident = await open();
    const { browser, here } = await visiting(incident);
    const form = { ...here, response: "resolve", incidents: incident.id, ...fields };
    const reply = await browser.send("/incidents/respond", form, headers);
    expect(reply.status).toBe(403);
    expect(reply.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(await stateOf(incident.id)).toMatchObject({ status: "open" });
  });

  test("redirects only within this site", async () => {
    const incident = await open();
    const { respond, browser } = await visiting(incident);
    await respond("acknowledge", incident.id);
    const reply = await browser.send("/name", { name: "x", back: "https://evil.example/" });
    expect(reply.headers.location).toBe("/");
  });
});

describe("where people sign in", () => {
  const keys = { reader: "a key that may read", writer: "a key that may write" };
  const apiKeys = `reader:read:${sha256(keys.reader)},writer:write:${sha256(keys.writer)}`;

  /** A browser of a platform with other settings; functions read theirs once. */
  async function guarded(env: Record<string, string>) {
    vi.resetModules();
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    return aBrowser();
  }
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test("pages redirect to the sign-in form and back, and a session lasts twelve hours", async () => {
    const browser = await guarded({ AUTH: "required", API_KEYS: apiKeys });
    const away = await browser.get("/incidents?status=open");
    expect([away.status, away.headers.location]).toEqual([303, "/sign-in?next=%2Fincidents%3Fstatus%3Dopen"]);
    await browser.get("/sign-in?next=%2Fincidents%3Fstatus%3Dopen");
    const wrong = await browser.send("/sign-in", { key: "guessed", back: "/" });
    expect([wrong.status, headingOf(wrong.text)]).toEqual([401, "Key required"]);
    const right = await browser.send("/sign-in", { key: keys.writer, back: "/incidents?status=open" });
    expect([right.status, right.headers.location]).toEqual([303, "/incidents?status=open"]);
    expect(right.cookies.join()).toMatch(/^session=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    const page = await browser.get("/incidents");
    expect(page.text).toContain(">writer</bdi>");
    later(minutes(12 * 60));
    expect((await browser.get("/incidents")).status).toBe(303);
    const news = await browser.get("/incidents", byScript);
    expect([news.status, news.headers["hx-redirect"]]).toEqual([204, "/sign-in?next=%2Fincidents"]);
  });

  test("a session is limited to the scopes of its key", async () => {
    const browser = await guarded({ AUTH: "required", API_KEYS: apiKeys });
    await browser.get("/sign-in");
    await browser.send("/sign-in", { key: keys.reader, back: "/" });
    const page = await browser.get("/incidents");
    expect(page.text).not.toContain('name="response"');
    const reply = await browser.send("/incidents/respond", { response: "resolve", incidents: "inc_1" });
    expect([reply.status, headingOf(reply.text)]).toEqual([403, "Forbidden"]);
  });

  test("revoking a key ends its sessions", async () => {
    const browser = await guarded({ AUTH: "required", API_KEYS: apiKeys });
    await browser.get("/sign-in");
    await browser.send("/sign-in", { key: keys.writer, back: "/" });
    expect((await browser.get("/")).status).toBe(200);
    await guarded({ API_KEYS: `reader:read:${sha256(keys.reader)}` });
    expect((await browser.get("/")).status).toBe(303);
  });

  test("signing out ends the session and invalidates its forms", async () => {
    const browser = await guarded({ AUTH: "required", API_KEYS: apiKeys });
    await browser.get("/sign-in");
    await browser.send("/sign-in", { key: keys.writer, back: "/" });
    await browser.get("/");
    const out = await browser.send("/sign-out");
    expect(out.headers.location).toBe("/sign-in");
    expect(browser.cookies.has("session")).toBe(false);
    expect((await browser.send("/sign-out")).status).toBe(403);
  });

  test("signing out ends the session also for copies of it, and no other", async () => {
    const browser = await guarded({ AUTH: "required", API_KEYS: apiKeys });
    const [thief, elsewhere] = [aBrowser(), aBrowser()];
    for (const each of [browser, elsewhere]) {
      await each.get("/sign-in");
      await each.send("/sign-in", { key: keys.writer, back: "/" });
    }
    for (const [name, value] of browser.cookies) thief.cookies.set(name, value);
    expect((await thief.get("/incidents")).status).toBe(200);
    await browser.get("/incidents");
    expect((await browser.send("/sign-out")).status).toBe(303);
    expect((await thief.get("/incidents")).status).toBe(303);
    const deed = await thief.send("/incidents/respond", { response: "resolve" });
    expect(deed.headers.location).toContain("/sign-in");
    expect((await elsewhere.get("/incidents")).status).toBe(200);
  });

  test("a platform without a signing secret reports the missing setting", async () => {
    const browser = await guarded({ AUTH: "required", API_KEYS: apiKeys, SIGNING_SECRET: "" });
    for (const path of [pageRoutes.home, pageRoutes["sign-in"]]) {
      const reply = await browser.get(path);
      expect([reply.status, headingOf(reply.text)]).toEqual([503, "Not configured"]);
      expect(reply.text).toContain("SIGNING_SECRET");
    }
    const open = await guarded({ AUTH: "", SIGNING_SECRET: "" });
    expect((await open.get("/")).status).toBe(200);
    expect((await open.send("/name", { name: "x" })).status).toBe(503);
  });
});
