/** Requests whose responses show a secret once, sent again with one Idempotency-Key, on real emulators. */
import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import { findContracts } from "../../infra/build/contracts.ts";
import { call, handlerOf } from "../support/functions/lambda.ts";
import { functionsOnEmulators } from "../support/platform/functions-on-emulators.ts";

const emulators = functionsOnEmulators();

type Reply = Record<string, unknown> & { id: string; key?: string; secret?: string };

interface Sent {
  readonly status: number;
  readonly body: Reply;
}

async function send(handler: string, path: string, body: unknown, idempotencyKey?: string): Promise<Sent> {
  const headers = idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey };
  const request = { method: "POST", path: `/api/v1${path}`, body, headers };
  const reply = await call(await handlerOf(handler), request);
  return { status: reply.status, body: reply.json<Reply>() };
}

async function tableText(): Promise<string> {
  const { Items } = await emulators().dynamodb.send(
    new ScanCommand({ TableName: emulators().env.TABLE_NAME ?? "" }),
  );
  return JSON.stringify(Items);
}

interface Case {
  readonly handler: string;
  readonly body?: object;
  readonly other?: object;
  /** The path that it is sent to; a rotation is of something made before. */
  readonly path: () => Promise<string>;
}

const heartbeat = { name: "backup", service: "ledger", interval_seconds: 60 };
const integration = { name: "disks", type: "generic", service: "storage" };
const webhook = { url: "https://example.com/hook" };
const key = { name: "ci", scopes: ["read"] };

const made = async (handler: string, path: string, body: object) =>
  `${path}/${(await send(handler, path, body)).body.id}`;

const cases: Readonly<Record<string, Case>> = {
  "create-heartbeat": {
    handler: "alerts/heartbeats/create-heartbeat",
    body: heartbeat,
    other: { ...heartbeat, interval_seconds: 61 },
    path: async () => "/heartbeats",
  },
  "rotate-heartbeat": {
    handler: "alerts/heartbeats/rotate-heartbeat",
    path: async () => `${await made("alerts/heartbeats/create-heartbeat", "/heartbeats", heartbeat)}/rotate`,
  },
  "create-integration": {
    handler: "integrations/create-integration",
    body: integration,
    other: { ...integration, name: "others" },
    path: async () => "/integrations",
  },
  "rotate-integration": {
    handler: "integrations/rotate-integration",
    path: async () => `${await made("integrations/create-integration", "/integrations", integration)}/rotate`,
  },
  "create-webhook": {
    handler: "notifications/webhooks/create-webhook",
    body: webhook,
    other: { url: "https://example.com/other" },
    path: async () => "/teams/payments/webhooks",
  },
  "rotate-webhook-secret": {
    handler: "notifications/webhooks/rotate-webhook-secret",
    path: async () =>
      `${await made("notifications/webhooks/create-webhook", "/teams/payments/webhooks", webhook)}/rotate-secret`,
  },
  "create-api-key": {
    handler: "access/create-api-key",
    body: key,
    other: { ...key, scopes: ["write"] },
    path: async () => "/keys",
  },
  "rotate-api-key": {
    handler: "access/rotate-api-key",
    path: async () => `${await made("access/create-api-key", "/keys", key)}/rotate`,
  },
};

test("all of them are tried here", async () => {
  const withSecrets = (await findContracts(process.cwd())).filter(({ contract }) => contract.secretOnce);
  expect(Object.keys(cases).toSorted()).toEqual(withSecrets.map(({ name }) => name).toSorted());
});

describe.each(Object.entries(cases))("%s", (name, { handler, body, other, path: pathOf }) => {
  test("of five at once with one key, one returns a secret and the others its ID", async () => {
    const path = await pathOf();
    const sent = await Promise.all([1, 2, 3, 4, 5].map(() => send(handler, path, body, `race ${name}`)));
    const [created, ...more] = sent.filter(({ status }) => status === 201);
    expect(more).toEqual([]);
    const refused = sent.filter((each) => each !== created);
    const { id } = created?.body ?? {};
    for (const each of refused)
      expect(each).toMatchObject({ status: 409, body: { code: "already_created", id } });
  });

  test("a repeated request gets the ID, creates nothing, and the secret is not stored with the request", async () => {
    const path = await pathOf();
    const { status, body: first } = await send(handler, path, body, `again ${name}`);
    expect(status).toBe(201);
    const before = await tableText();
    const secret = first.key ?? first.secret ?? "";
    expect(secret.length).toBeGreaterThan(20);
    // A webhook's secret signs, so that it is stored once: with the webhook.
    expect(before.split(secret)).toHaveLength(name.includes("webhook") ? 2 : 1);

    const again = await send(handler, path, body, `again ${name}`);
    expect(again).toMatchObject({ status: 409, body: { code: "already_created", id: first.id } });
    expect(JSON.stringify(again.body)).not.toContain(secret);
    expect((await tableText()).length).toBe(before.length);

    const others = await Promise.all([pathOf(), pathOf()]);
    const fresh = await send(handler, others[0], body, `new ${name}`);
    expect([fresh.status, fresh.body.id === first.id]).toEqual([201, false]);
  });

  // An endpoint without a body cannot receive another one.
  if (other === undefined) return;
  test("a key with another body conflicts", async () => {
    const path = await pathOf();
    await send(handler, path, body, `other ${name}`);
    expect(await send(handler, path, other, `other ${name}`)).toMatchObject({
      status: 409,
      body: { code: "idempotency_key_reused" },
    });
  });
});
