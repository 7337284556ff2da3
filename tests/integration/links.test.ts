/** One-click links and Slack's buttons, through the handlers, on real emulators. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../shared/domain/limits.ts";
import type { LinkAction } from "../../shared/http/tokens/links.ts";
import { signLink } from "../../shared/http/tokens/links.ts";
import { days, minutes, monday, seconds, unique } from "../support/builders.ts";
import { at, onCallApi } from "../support/functions/on-call-api.ts";
import { slackSignature } from "../support/slack-signature.ts";

const secret = "what signs links in these tests: secret";
const slackSecret = "8f742231b10e8888abcd99yyyzzz85a5";

const api = onCallApi();
beforeAll(() => {
  Object.assign(process.env, { SIGNING_SECRET: secret, SLACK_SIGNING_SECRET: slackSecret });
});

const open = async (fields: object = {}): Promise<{ id: string; number: number }> =>
  api.ok("POST /api/v1/incidents", { title: "down", service: "checkout", severity: "high", ...fields });
const stateOf = (id: string) => api.ok(`GET /api/v1/incidents/${id}`);
const linkTo = (incidentId: string, action: LinkAction, actor = "ada@example.com") =>
  `/links/${signLink({ incidentId, action, actor }, secret, monday)}`;
/** Sends a form as browsers do from a page without a referrer. */
const submit = (path: string, fields: Record<string, string>) =>
  api(`POST ${path}`, new URLSearchParams(fields).toString(), {
    origin: "null",
    "content-type": "application/x-www-form-urlencoded",
  });
const later = (ms: number) => at(new Date(monday + ms).toISOString());

describe("a link in a message", () => {
  test("changes nothing when it is looked at, however often", async () => {
    const { id, number } = await open();
    const before = await stateOf(id);
    for (const action of ["acknowledge", "resolve", "view"] as const) {
      for (let visit = 1; visit <= 3; visit += 1) {
        const reply = await api(`GET ${linkTo(id, action)}`);
        expect(reply.status).toBe(200);
        expect(reply.text).toContain(`#${number}`);
      }
    }
    expect(await stateOf(id)).toEqual(before);
  });

  test("is a page that runs no script, cannot be framed, cached or indexed", async () => {
    const { id } = await open();
    for (const path of [linkTo(id, "acknowledge"), linkTo(id, "view"), "/links/none"]) {
      const { headers } = await api(`GET ${path}`);
      expect(headers).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex",
        "referrer-policy": "no-referrer",
      });
      expect(headers["content-security-policy"]).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
    }
  });

  test("acknowledges in the name that it was sent to, when its form is sent as browsers do", async () => {
    const { id, number } = await open();
    later(minutes(3));
    const reply = await submit(linkTo(id, "view"), { do: "acknowledge" });
    expect(reply.status).toBe(200);
    expect(reply.text).toContain(`Incident #${number} is acknowledged.`);
    expect(reply.text).toContain("Resolve incident</button>");
    expect(await stateOf(id)).toMatchObject({
      status: "acknowledged",
      acknowledged_by: "ada@example.com",
      assigned_to: { email: "ada@example.com" },
      mtta_seconds: 180,
    });
  });

  test("a second time, or after someone else, changes nothing and reports it", async () => {
    const { id } = await open();
    await api(`POST ${linkTo(id, "acknowledge")}`);
    later(minutes(1));
    const before = await stateOf(id);
    for (const actor of ["ada@example.com", "bob@example.com"]) {
      const reply = await api(`POST ${linkTo(id, "acknowledge", actor)}`);
      expect(reply.status).toBe(200);
      expect(reply.text).toContain("is already acknowledged");
      expect(reply.text).toContain("by <bdi>ada@example.com</bdi>");
    }
    expect(await stateOf(id)).toEqual(before);
  });

  test("resolves what is acknowledged already", async () => {
    const { id } = await open();
    await api(`POST ${linkTo(id, "acknowledge")}`);
    const reply = await api(`POST ${linkTo(id, "resolve", "team payments")}`);
    expect(reply.status).toBe(200);
    expect(await stateOf(id)).toMatchObject({
      status: "resolved",
      acknowledged_by: "ada@example.com",
      resolved_by: "team payments",
    });
  });

  test("to acknowledge a resolved incident shows who resolved it and when", async () => {
    const { id } = await open();
    await api.ok(`PATCH /api/v1/incidents/${id}/resolve`, { actor: "bob" });
    later(minutes(5));
    const page = await api(`GET ${linkTo(id, "acknowledge")}`);
    const reply = await api(`POST ${linkTo(id, "acknowledge")}`);
    expect([page.status, reply.status]).toEqual([200, 409]);
    for (const { text } of [page, reply]) {
      expect(text).toContain("resolved by <bdi>bob</bdi> at <time");
      expect(text).toContain("2026-11-23 10:00 UTC");
      expect(text.match(/<button[^>]*value="\w+"/g)).toEqual([
        '<button type="submit" name="do" value="note"',
      ]);
    }
  });

  test("shows the latest events of the incident", async () => {
    const { id } = await open();
    await api.ok(`PATCH /api/v1/incidents/${id}/acknowledge`, { actor: "bob", note: "<b>rolled back</b>" });
    const { text } = await api(`GET ${linkTo(id, "view")}`);
    expect(text).toContain("&lt;b&gt;rolled back&lt;/b&gt;");
    expect(text.indexOf("Acknowledged by bob")).toBeLessThan(text.indexOf("Opened as high"));
  });

  test("that only opens the incident does nothing without a button", async () => {
    const { id } = await open();
    const sent = await api(`POST ${linkTo(id, "view")}`);
    expect([sent.status, sent.headers.allow]).toEqual([422, undefined]);
    expect(sent.text).toContain("Nothing was changed, because no action was selected.");
    const strange = await submit(linkTo(id, "acknowledge"), { do: "delete" });
    expect([strange.status, strange.headers["content-type"]]).toEqual([422, "text/html; charset=utf-8"]);
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("adds a note and shows it, once however often the page is loaded", async () => {
    const { id } = await open();
    const link = linkTo(id, "acknowledge");
    const sent = await submit(link, { do: "note", content: "**rolled back**\r\nto 1.2" });
    expect([sent.status, sent.headers.location]).toEqual([303, "?done=note"]);
    for (const _ of [1, 2]) {
      const { text } = await api(`GET ${link}?done=note`);
      expect(text).toContain("Added the note.");
      expect(text).toContain("<strong>rolled back</strong>");
    }
    expect((await stateOf(id)).notes).toMatchObject([
      { author: "ada@example.com", content: "**rolled back**\nto 1.2" },
    ]);
    const empty = await submit(link, { do: "note", content: "" });
    expect([empty.status, empty.text]).toEqual([422, expect.stringContaining("Add note</button>")]);
  });

  test("escalates and shows who is paged, or why no one is", async () => {
    const { id } = await open();
    const link = linkTo(id, "view");
    const failed = await submit(link, { do: "escalate" });
    expect([failed.status, failed.text]).toEqual([409, expect.stringContaining("Not escalated: Team")]);
    const members = [
      { name: "Ada", email: "ada@example.com", role: "primary" },
      { name: "Bob", email: "bob@example.com", role: "secondary" },
    ];
    const team = unique("team-");
    await api.ok("POST /api/v1/schedules", { team, rotation_type: "weekly", members });
    const owned = await open({ team });
    const escalated = await submit(linkTo(owned.id, "view"), { do: "escalate", reason: "stuck" });
    expect([escalated.status, escalated.headers.location]).toEqual([303, "?done=escalate"]);
    const { text } = await api(`GET ${linkTo(owned.id, "view")}?done=escalate`);
    expect(text.replace(/[\u2068\u2069]/g, "")).toContain("Escalated to Bob (level 2).");
    const { timeline } = (await stateOf(owned.id)) as { timeline: { type: string; actor: string }[] };
    expect(timeline.find(({ type }) => type === "escalated")).toMatchObject({
      actor: "ada@example.com",
      details: { by_hand: true, reason: "stuck" },
    });
    await submit(linkTo(owned.id, "resolve"), {});
    const late = await submit(linkTo(owned.id, "view"), { do: "escalate" });
    expect([late.status, late.text]).toEqual([409, expect.stringContaining("Not escalated: Incident")]);
  });

  test("snoozes, as often as asked, unless the incident is resolved", async () => {
    const { id } = await open();
    const link = linkTo(id, "view");
    expect((await api(`GET ${link}`)).text).toContain("Snooze until next working morning</button>");
    const snoozedUntil: unknown[] = [];
    for (const choice of ["30m", "1h", "4h", "morning"]) {
      const reply = await submit(link, { do: "snooze", for: choice });
      expect([reply.status, reply.headers.location]).toEqual([303, "?done=snooze"]);
      snoozedUntil.push((await stateOf(id)).snoozed_until);
    }
    expect(snoozedUntil).toEqual(
      ["23T10:30", "23T11:00", "23T14:00", "24T09:00"].map((time) => `2026-11-${time}:00.000Z`),
    );
    expect(await stateOf(id)).toMatchObject({ status: "acknowledged", acknowledged_by: "ada@example.com" });
    expect((await api(`GET ${link}?done=snooze`)).text).toMatch(/Snoozed until <time[^>]*>2026-11-24 09:00/);
    for (const fields of [{ do: "snooze" }, { do: "snooze", for: "2h" }])
      expect((await submit(link, fields)).status).toBe(422);
    await submit(link, { do: "resolve" });
    const late = await submit(link, { do: "snooze", for: "1h" });
    expect([late.status, late.text]).toEqual([409, expect.stringContaining("Not snoozed, because")]);
  });

  test("expires, explains what to do, and no longer works", async () => {
    const { id } = await open();
    later(seconds(limits.linkSeconds));
    for (const method of ["GET", "POST"]) {
      const reply = await api(`${method} ${linkTo(id, "acknowledge")}`);
      expect(reply.status).toBe(410);
      expect(reply.text).toContain("expire after 3 days. Use the newest message");
    }
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("that was tampered with, or is of a missing incident, is not found", async () => {
    const [{ id }, other] = [await open(), await open()];
    const link = linkTo(id, "view");
    const forged = [
      link.replace("/links/v", "/links/a"),
      link.replace(id.slice(4), other.id.slice(4)),
      `${link}A`,
      linkTo("inc_01ARZ3NDEKTSV4RRFFQ69G5FAV", "acknowledge"),
      "/links/%E0%A4%A",
    ];
    for (const path of forged) {
      for (const method of ["GET", "POST"]) {
        const reply = await api(`${method} ${path}`);
        expect([reply.status, reply.headers["content-type"]]).toEqual([404, "text/html; charset=utf-8"]);
      }
    }
    for (const each of [id, other.id]) expect(await stateOf(each)).toMatchObject({ status: "open" });
  });

  test("is not followed for another page that sends its form", async () => {
    const { id } = await open();
    const origin = "https://evil.example.com";
    const reply = await api(`POST ${linkTo(id, "acknowledge")}`, undefined, { origin });
    expect([reply.status, reply.headers["content-type"]]).toEqual([403, "text/html; charset=utf-8"]);
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("of one incident reaches no other, and no other page", async () => {
    const [{ id }, other] = [await open(), await open()];
    const { text } = await api(`GET ${linkTo(id, "view")}`);
    expect(text).not.toMatch(/href="\/(?!assets)/);
    expect(text).not.toContain(other.id);
    const fields = { do: "resolve", incident_id: other.id, id: other.id, incidents: other.id };
    expect((await submit(linkTo(id, "view"), fields)).status).toBe(200);
    expect(await stateOf(other.id)).toMatchObject({ status: "open" });
  });
});

describe("a button in Slack", () => {
  const replies: { text: string; response_type: string; replace_original: boolean }[] = [];
  const slack = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    replies.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.end("ok");
  });
  let responseUrl: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => slack.listen(0, "127.0.0.1", resolve));
    responseUrl = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/actions/T1/2/x`;
  });
  afterAll(() => void slack.close());

  interface Press {
    readonly action?: string;
    readonly value: string;
    readonly user?: string;
    /** ID of the press, the same when it is sent again. */
    readonly trigger?: string;
  }

  const bodyOf = ({ action = "acknowledge", value, user = "ada", trigger = unique("trigger") }: Press) => {
    const payload = {
      type: "block_actions",
      user: { id: "U1", name: user },
      actions: [{ action_id: action, value }],
      response_url: responseUrl,
      trigger_id: trigger,
    };
    return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  };

  const signed = (body: string, sentAt = monday, key = slackSecret) => slackSignature(key, body, sentAt);

  const press = (what: Press) => {
    const body = bodyOf(what);
    return api("POST /slack/actions", body, signed(body));
  };

  test("acknowledges in the name of the user who pressed, and notifies the channel", async () => {
    const { id, number } = await open({ title: "<!channel> down & out" });
    const reply = await press({ value: id });
    expect([reply.status, reply.text]).toEqual([200, ""]);
    expect(await stateOf(id)).toMatchObject({ status: "acknowledged", acknowledged_by: "ada" });
    expect(replies.at(-1)).toEqual({
      replace_original: false,
      response_type: "in_channel",
      text: `#${number} &lt;!channel&gt; down &amp; out: acknowledged by ada at 2026-11-23 10:00 UTC.`,
    });
  });

  test("pressed when it is resolved replies only to the user that it is too late", async () => {
    const { id } = await open();
    await press({ action: "resolve", value: id, user: "bob" });
    const resolved = await stateOf(id);
    expect(resolved).toMatchObject({ status: "resolved", resolved_by: "bob" });
    expect((await press({ value: id })).status).toBe(200);
    expect(replies.at(-1)).toMatchObject({ response_type: "ephemeral" });
    expect(replies.at(-1)?.text).toContain("can no longer be acknowledged: resolved by bob at 2026-11-23");
    expect(await stateOf(id)).toEqual(resolved);
  });

  test("that is sent again does nothing and is not answered again", async () => {
    const { id } = await open();
    const sent = { value: id, trigger: unique("trigger") };
    await press(sent);
    await api.ok(`POST /api/v1/incidents/${id}/unacknowledge`);
    const before = replies.length;
    expect((await press(sent)).status).toBe(200);
    expect(await stateOf(id)).toMatchObject({ status: "open" });
    expect(replies).toHaveLength(before);
  });

  test("that leads to a page, or is none of ours, does nothing and is no error", async () => {
    const { id } = await open();
    const before = replies.length;
    expect((await press({ action: "view", value: id })).status).toBe(200);
    const strange = "payload=%7B%22type%22%3A%22shortcut%22%7D";
    expect((await api("POST /slack/actions", strange, signed(strange))).status).toBe(200);
    expect(replies).toHaveLength(before);
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("with a signature that is wrong, old, missing or of another body does nothing", async () => {
    const { id } = await open();
    const body = bodyOf({ value: id });
    const headers = [
      {},
      signed(body, monday, "another secret"),
      signed(body, monday - minutes(5) - seconds(1)),
      signed(body, monday + days(1)),
      signed(`${body}&x=1`),
    ];
    for (const each of headers) {
      const reply = await api("POST /slack/actions", body, each);
      expect([reply.status, reply.headers["content-type"]]).toEqual([401, "application/problem+json"]);
    }
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("that is too large is rejected before it is read", async () => {
    const body = `payload=${"x".repeat(limits.bodyBytes)}`;
    expect((await api("POST /slack/actions", body, signed(body))).status).toBe(413);
  });
});
