/** A team's webhooks through a running platform, verified by the reference of Standard Webhooks. */
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf } from "../../infra/api-client.ts";
import { acknowledgeIncidentContract } from "../../shared/contracts/incidents/acknowledge-incident.ts";
import { addNoteContract } from "../../shared/contracts/incidents/add-note.ts";
import { resolveIncidentContract } from "../../shared/contracts/incidents/resolve-incident.ts";
import { createWebhookContract } from "../../shared/contracts/notifications/webhooks/create-webhook.ts";
import { getWebhookContract } from "../../shared/contracts/notifications/webhooks/get-webhook.ts";
import { listDeliveriesContract } from "../../shared/contracts/notifications/webhooks/list-deliveries.ts";
import { replayDeliveryContract } from "../../shared/contracts/notifications/webhooks/replay-delivery.ts";
import { rotateWebhookSecretContract } from "../../shared/contracts/notifications/webhooks/rotate-webhook-secret.ts";
import { testWebhookContract } from "../../shared/contracts/notifications/webhooks/test-webhook.ts";
import { webhookMessageResource } from "../../shared/contracts/notifications/webhooks/webhook-message.ts";
import { unique } from "../support/builders.ts";
import { waitFor } from "../support/platform/platform.ts";
import {
  type ProviderServer,
  type ReceivedRequest,
  startProvider,
} from "../support/platform/provider-server.ts";
import { type SharedPlatform, sharedPlatform } from "../support/platform/shared-platform.ts";
import { post, userOf } from "./platform-user.ts";

let platform: SharedPlatform;
let receiver: ProviderServer;
beforeAll(async () => {
  receiver = await startProvider();
  platform = await sharedPlatform();
});
afterAll(() => receiver?.close());

const arrivedAt = (path: string) => receiver.requests.filter((request) => request.path === path);
const verified = ({ body, headers }: ReceivedRequest, secret: string) =>
  webhookMessageResource.parse(new Webhook(secret).verify(body, headers as Record<string, string>));

async function aWebhook(team: string, path = `/${team}`) {
  const call = apiOf(platform.url);
  const { id, secret } = await call(createWebhookContract, {
    params: { team },
    body: { url: receiver.url + path },
  });
  const params = { team, webhook: id };
  const deliveries = async () => (await call(listDeliveriesContract, { params })).deliveries;
  return { call, path, params, secret, deliveries };
}

/** A team, to which alerts of the service of that name go. */
async function aTeam(): Promise<string> {
  const team = unique("team-");
  const member = { name: "Ana", email: "ana@example.com", role: "primary" };
  await post(`${platform.url}/api/v1/schedules`, { team, rotation_type: "weekly", members: [member] });
  return team;
}

const anAlert = (service: string) =>
  post(`${platform.url}/api/v1/alerts`, { service, severity: "high", message: "down", dedup_key: service });

/** The number of the team's only incident. */
async function incidentOf(team: string): Promise<number> {
  const own = await userOf(platform).incidents({ team });
  expect(own).toHaveLength(1);
  return own[0]?.number ?? 0;
}

test("events arrive signed with the webhook's secret, and after a rotation with both; a replay has the same id", async () => {
  const team = await aTeam();
  const { call, path, params, secret, deliveries } = await aWebhook(team);
  await anAlert(team);
  await waitFor(() => arrivedAt(path).some(({ body }) => body.includes("incident.triggered")));
  const [triggered] = arrivedAt(path);
  if (!triggered) throw new Error("nothing arrived");
  const number = await incidentOf(team);
  expect(verified(triggered, secret)).toMatchObject({
    type: "incident.triggered",
    data: {
      incident: { number, status: "open", team },
      event: { type: "opened" },
      webhook: { id: params.webhook },
    },
  });
  expect(() => verified({ ...triggered, body: triggered.body.replace("open", "shut") }, secret)).toThrow();

  const { secret: next } = await call(rotateWebhookSecretContract, { params });
  await call(addNoteContract, { params: { id: number }, body: { content: "rolled back" } });
  await call(acknowledgeIncidentContract, { params: { id: number }, body: {} });
  const ofType = (type: string) => arrivedAt(path).filter(({ body }) => JSON.parse(body).type === type);
  await waitFor(
    () => ofType("incident.note_added").length === 1 && ofType("incident.acknowledged").length === 1,
  );
  const [note] = ofType("incident.note_added");
  for (const key of [secret, next]) {
    expect(note && verified(note, key)).toMatchObject({ data: { note: { content: "rolled back" } } });
  }

  const sent = (await deliveries()).find(({ event }) => event === "incident.triggered");
  expect(sent).toMatchObject({ status: "delivered", attempts: [{ outcome: "sent", status_code: 200 }] });
  const replay = await call(replayDeliveryContract, { params: { ...params, delivery: sent?.id ?? "" } });
  await waitFor(() => ofType("incident.triggered").length === 2);
  const [first, second] = ofType("incident.triggered");
  expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
  expect(second && verified(second, next)).toMatchObject({ data: { incident: { status: "acknowledged" } } });
  await waitFor(async () =>
    (await deliveries()).some(({ id, status }) => id === replay.id && status === "delivered"),
  );
  expect(platform.output()).not.toContain(secret.slice("whsec_".length));
});

test("a receiver that is away is asked again, and one that is gone never more", async () => {
  const team = await aTeam();
  const { call, path, params, deliveries } = await aWebhook(team);
  receiver.behave({ status: 503 });
  await call(testWebhookContract, { params });
  await waitFor(async () => (await deliveries())[0]?.attempts.length === 1);
  expect((await deliveries())[0]).toMatchObject({
    status: "pending",
    attempts: [{ outcome: "temporary", status_code: 503 }],
    next_attempt_at: expect.any(String),
  });

  receiver.behave({ status: 302, headers: { location: `${receiver.url}/elsewhere` } });
  await call(testWebhookContract, { params });
  await waitFor(async () => (await deliveries())[0]?.status === "failed");
  expect(arrivedAt("/elsewhere")).toEqual([]);

  receiver.behave({ status: 410 });
  await anAlert(team);
  await waitFor(async () => !(await call(getWebhookContract, { params })).enabled);
  expect(await call(getWebhookContract, { params })).toMatchObject({
    disabled_reason: "the receiver returned 410 Gone",
  });
  receiver.behave({ status: 200 });
  const other = await aWebhook(team, "/other");
  await call(resolveIncidentContract, { params: { id: await incidentOf(team) }, body: {} });
  await waitFor(() => arrivedAt(other.path).length === 1);
  expect(arrivedAt(path).some(({ body }) => body.includes("incident.resolved"))).toBe(false);
});
