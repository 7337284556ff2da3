import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sqsQueues } from "../../infra/operate/dlq/sqs.ts";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { listEscalationsContract } from "../../shared/contracts/oncall/list-escalations.ts";
import { clients, startPlatform, type TestPlatform, waitFor } from "../support/platform/platform.ts";
import { post, userOf } from "./platform-user.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform?.stop());

const seconds = (count: number) => count * 1_000;
/** Twice through primary and secondary, which takes three delays. */
const delaySeconds = 2;

let team = "";
beforeEach(async ({ task }) => {
  team = task.id;
  await post(`${platform.url}/api/v1/schedules`, {
    team,
    rotation_type: "weekly",
    members: [
      { name: "Ada", email: "ada@example.com", role: "primary" },
      { name: "Bob", email: "bob@example.com", role: "secondary" },
    ],
  });
  const rules = ["primary", "secondary"].map((role) => ({
    targets: [{ type: "schedule", role }],
    delay_seconds: delaySeconds,
  }));
  const put = await fetch(`${platform.url}/api/v1/teams/${team}/escalation-policy`, {
    method: "PUT",
    body: JSON.stringify({ rules, repeat: 1 }),
  });
  expect(put.status).toBe(200);
});

/** Waits until no timer is left, and nothing that one has caused. */
async function becomeIdle(): Promise<void> {
  const { sqs } = clients(platform.env);
  const queues = sqsQueues(sqs);
  for (const name of ["incident-timers", "incident-events.fifo", "notifications"]) {
    await waitFor(async () => {
      const { waiting, inFlight, delayed } = await queues.depth(`incident-platform-local-${name}`);
      return waiting + inFlight + delayed === 0;
    }, 60_000);
  }
  sqs.destroy();
}

/** An incident of the team, opened by an alert. */
async function open() {
  const { call, incidents, notifications } = userOf(platform);
  const alert = { service: team, severity: "critical", message: "Error rate above 5%", dedup_key: "errors" };
  expect((await post(`${platform.url}/api/v1/alerts`, alert)).status).toBe(202);
  const find = async () => (await incidents({ service: team }))[0];
  await waitFor(async () => (await find()) !== undefined);
  const { id = "" } = (await find()) ?? {};
  return {
    id,
    read: () => call(getIncidentContract, { params: { id } }),
    /** Returns the recipients of pages, in order of time. */
    paged: async () =>
      (await notifications({ incident_id: id }))
        .filter(({ status }) => status === "sent")
        .toReversed()
        .map(({ recipient }) => recipient),
    escalations: async () =>
      (await call(listEscalationsContract, { query: { incident_id: id } })).escalations,
    acknowledge: () =>
      fetch(`${platform.url}/api/v1/incidents/${id}/acknowledge`, { method: "PATCH", body: "{}" }),
  };
}

test("the primary is paged, then the secondary, and no one after an acknowledgement", async () => {
  const incident = await open();
  await waitFor(async () => (await incident.paged()).length === 1);
  expect(await incident.paged()).toEqual(["ada@example.com"]);
  const { created_at, escalation } = await incident.read();
  expect(escalation).toMatchObject({ level: 1, pass: 1 });
  expect(Date.parse(escalation?.next_at ?? "") - Date.parse(created_at)).toBe(seconds(delaySeconds));

  await waitFor(async () => (await incident.paged()).length === 2);
  expect(await incident.paged()).toEqual(["ada@example.com", "bob@example.com"]);
  const [escalated] = await incident.escalations();
  expect(escalated).toMatchObject({ level: 2, pass: 1, by_hand: false, team });
  const late = Date.parse(escalated?.created_at ?? "") - Date.parse(created_at) - seconds(delaySeconds);
  expect(late).toBeGreaterThanOrEqual(0);
  // Its timer fired, not only the sweep of each minute.
  expect(late).toBeLessThan(seconds(20));

  expect((await incident.acknowledge()).status).toBe(200);
  expect(await incident.read()).toMatchObject({ escalation: { level: 2, pass: 1, next_at: null } });
  await becomeIdle();
  expect(await incident.paged()).toEqual(["ada@example.com", "bob@example.com"]);
  expect((await incident.read()).timeline.map(({ type }) => type)).not.toContain("escalation_exhausted");
});

test("a manual escalation pages the secondary immediately, once for each Idempotency-Key", async () => {
  const incident = await open();
  await waitFor(async () => (await incident.paged()).length === 1);
  await incident.acknowledge();
  const escalate = () =>
    post(
      `${platform.url}/api/v1/escalate`,
      { team, incident_id: incident.id, reason: "stuck" },
      { "idempotency-key": `${team} stuck` },
    );
  const [first, again] = [await escalate(), await escalate()];
  expect(first.ok).toBe(true);
  expect(await again.json()).toEqual(await first.json());
  await waitFor(async () => (await incident.paged()).length === 2);
  await becomeIdle();
  expect(await incident.paged()).toEqual(["ada@example.com", "bob@example.com"]);
  expect(await incident.escalations()).toMatchObject([{ level: 2, by_hand: true, reason: "stuck" }]);
});

test("after kill -9 between two levels the escalation continues to its end", {
  timeout: 240_000,
}, async () => {
  const incident = await open();
  await waitFor(async () => (await incident.paged()).length === 1);
  const { escalation } = await incident.read();
  await platform.kill9();
  await waitFor(() => Date.now() > Date.parse(escalation?.next_at ?? ""));
  await platform.restart();
  await waitFor(async () => (await incident.paged()).length === 4, 180_000);
  expect(await incident.paged()).toEqual([
    "ada@example.com",
    "bob@example.com",
    "ada@example.com",
    "bob@example.com",
  ]);
  await becomeIdle();
  expect(await incident.paged()).toHaveLength(4);
  expect(await incident.read()).toMatchObject({
    status: "open",
    escalation: { level: 2, pass: 2, next_at: null },
  });
});
