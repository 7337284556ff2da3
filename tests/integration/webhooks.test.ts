/** A team's webhooks through the functions: the contract's sentences about them. */
import { describe, expect, test } from "vitest";
import { limits } from "../../shared/domain/limits.ts";
import { unique } from "../support/builders.ts";
import { aTeam, at, onCallApi } from "../support/functions/on-call-api.ts";

const api = onCallApi();

const url = "https://tickets.example.com/hook?token=abc";

async function aWebhook(body: object = {}) {
  const path = `/api/v1/teams/${aTeam()}/webhooks`;
  const { secret, ...webhook } = await api.ok(`POST ${path}`, { url, ...body });
  return { path, one: `${path}/${webhook.id}`, secret, webhook };
}

describe("a webhook", () => {
  test("is created with a secret that is shown once, and found at its Location", async () => {
    const team = aTeam();
    const reply = await api(`POST /api/v1/teams/${team.toUpperCase()}/webhooks`, { url: ` ${url} ` });
    expect(reply.status).toBe(201);
    const { secret, ...webhook } = reply.json<{ secret: string; id: string }>();
    expect(Buffer.from(secret.replace(/^whsec_/, ""), "base64")).toHaveLength(32);
    expect(webhook).toMatchObject({
      team,
      url,
      description: null,
      enabled: true,
      disabled_reason: null,
      previous_secret_expires_at: null,
      created_at: "2026-11-23T10:00:00.000Z",
    });
    expect(reply.headers.location).toBe(`/api/v1/teams/${team}/webhooks/${webhook.id}`);
    expect(await api.ok(`GET ${reply.headers.location}`)).toEqual(webhook);
    expect(await api.ok(`GET /api/v1/teams/${team}/webhooks`)).toEqual({
      webhooks: [webhook],
      next_cursor: null,
    });
  });

  test("receives the selected events, with or without the prefix, each once; everything by default", async () => {
    const events = ["resolved", "incident.triggered", "incident.resolved", "severity_raised"];
    const { webhook } = await aWebhook({ events });
    expect(webhook.events).toEqual(["incident.triggered", "incident.resolved", "incident.severity_raised"]);
    expect((await aWebhook()).webhook.events).toContain("incident.note_added");
  });

  test.each([
    [{}, "url"],
    [{ url: "ftp://example.com/" }, "url"],
    [{ url: "https://user:password@example.com/" }, "url"],
    [{ url: "https://example.com/#part" }, "url"],
    [{ url: `https://example.com/${"x".repeat(limits.addressLength)}` }, "url"],
    [{ url, events: [] }, "events"],
    [{ url, events: ["triggered", "incident.exploded"] }, "events.1"],
    [{ url, events: "triggered" }, "events"],
    [{ url, description: "x".repeat(limits.webhookDescriptionLength + 1) }, "description"],
  ])("can't be made of %o", async (body, path) => {
    expect(await api.refusal(`POST /api/v1/teams/${aTeam()}/webhooks`, body)).toEqual({
      status: 422,
      paths: [path],
    });
  });

  test("is changed in the given fields only", async () => {
    const { one, webhook } = await aWebhook({ description: "tickets", events: ["triggered"] });
    at("2026-11-23T11:00:00Z");
    expect(await api.ok(`PATCH ${one}`, { enabled: false })).toEqual({
      ...webhook,
      enabled: false,
      updated_at: "2026-11-23T11:00:00.000Z",
    });
    const changes = {
      url: "https://new.example.com/",
      events: ["resolved"],
      description: null,
      enabled: true,
    };
    expect(await api.ok(`PATCH ${one}`, changes)).toMatchObject({
      ...changes,
      events: ["incident.resolved"],
    });
    expect(await api.refusal(`PATCH ${one}`, {})).toEqual({ status: 422, paths: [""] });
    expect(await api.refusal(`PATCH ${one}`, { url: "nowhere", enabled: "yes" })).toEqual({
      status: 422,
      paths: ["url", "enabled"],
    });
  });

  test("gets another secret, and says until when the one before signs", async () => {
    const { one, secret, webhook } = await aWebhook();
    const { secret: next, ...rotated } = await api.ok(`POST ${one}/rotate-secret`);
    expect(next).toMatch(/^whsec_/);
    expect(next).not.toBe(secret);
    expect(rotated).toEqual({ ...webhook, previous_secret_expires_at: "2026-11-24T10:00:00.000Z" });
  });

  test("is gone when it is deleted, with its deliveries", async () => {
    const { one, webhook } = await aWebhook();
    expect(await api.ok(`DELETE ${one}`)).toEqual(webhook);
    for (const line of [`GET ${one}`, `DELETE ${one}`, `GET ${one}/deliveries`, `POST ${one}/test`]) {
      expect((await api(line)).status, line).toBe(404);
    }
  });

  test("is no other team's", async () => {
    const { webhook } = await aWebhook();
    const one = `/api/v1/teams/${aTeam()}/webhooks/${webhook.id}`;
    for (const line of [
      `GET ${one}`,
      `DELETE ${one}`,
      `POST ${one}/rotate-secret`,
      `GET ${one}/deliveries`,
    ]) {
      expect((await api(line)).status, line).toBe(404);
    }
    expect((await api(`PATCH ${one}`, { enabled: false })).status).toBe(404);
  });

  test("is one of a list in pages, and of at most so many", async () => {
    const { path, webhook } = await aWebhook();
    const ids = [webhook.id];
    for (let count = 1; count < limits.webhooksPerTeam; count += 1) {
      ids.unshift((await api.ok(`POST ${path}`, { url })).id);
    }
    expect((await api(`POST ${path}`, { url })).status).toBe(409);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page: { webhooks: { id: string }[]; next_cursor: string | null } = await api.ok(
        `GET ${path}?limit=7${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      seen.push(...page.webhooks.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(ids);
  });

  test("shows its secrets nowhere but where they are made", async () => {
    const { path, one, secret } = await aWebhook();
    const { secret: next } = await api.ok(`POST ${one}/rotate-secret`);
    await api.ok(`PATCH ${one}`, { description: "x" });
    await api.ok(`POST ${one}/test`);
    const lines = [path, one, `${one}/deliveries`, "/api/v1/audit?resource=webhook&limit=200"];
    const texts = await Promise.all(lines.map(async (line) => JSON.stringify(await api.ok(`GET ${line}`))));
    for (const hidden of [secret, next]) expect(texts.join()).not.toContain(hidden.slice("whsec_".length));
  });
});

describe("a delivery", () => {
  test("of a test waits to be sent, is listed, and is made once for a key", async () => {
    const { one, webhook } = await aWebhook();
    const key = { "idempotency-key": unique("key-") };
    const reply = await api(`POST ${one}/test`, undefined, key);
    const ping = reply.json<{ id: string }>();
    expect(reply.status).toBe(202);
    expect(ping).toMatchObject({
      webhook_id: webhook.id,
      message_id: ping.id,
      event: "webhook.ping",
      event_id: null,
      incident_id: null,
      url,
      status: "pending",
      attempts: [],
      next_attempt_at: "2026-11-23T10:00:00.000Z",
      delivered_at: null,
    });
    expect(await api.ok(`POST ${one}/test`, undefined, key)).toEqual(ping);
    expect(await api.ok(`GET ${reply.headers.location}`)).toEqual(ping);
    expect(await api.ok(`GET ${one}/deliveries`)).toEqual({ deliveries: [ping], next_cursor: null });
  });

  test("is replayed under an id of its own with that of its message, newest first in the list", async () => {
    const { one } = await aWebhook();
    const ping = await api.ok(`POST ${one}/test`);
    at("2026-11-23T10:01:00Z");
    const replayPath = `${one}/deliveries/${ping.id}/replay`;
    const replay = await api.ok(`POST ${replayPath}`);
    expect(replay).toMatchObject({ message_id: ping.id, status: "pending" });
    expect(replay.id).not.toBe(ping.id);
    const first = await api.ok(`GET ${one}/deliveries?limit=1`);
    expect(first.deliveries).toEqual([replay]);
    const second = await api.ok(
      `GET ${one}/deliveries?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`,
    );
    expect(second.deliveries).toEqual([ping]);
    await api.ok(`PATCH ${one}`, { enabled: false });
    expect((await api(`POST ${replayPath}`)).status).toBe(409);
  });

  test("that there is not can't be read or replayed", async () => {
    const { one } = await aWebhook();
    const other = await aWebhook();
    const { id } = await api.ok(`POST ${other.one}/test`);
    for (const delivery of ["ntf_none", id]) {
      expect((await api(`GET ${one}/deliveries/${delivery}`)).status).toBe(404);
      expect((await api(`POST ${one}/deliveries/${delivery}/replay`)).status).toBe(404);
    }
  });
});
