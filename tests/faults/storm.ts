/** A storm of alerts from clients that record all responses, and one person per service to be paged. */
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFailed, onTestFinished } from "vitest";
import type { z } from "zod";
import { pairsOf } from "../../infra/operate/dlq/pairs.ts";
import { sqsQueues } from "../../infra/operate/dlq/sqs.ts";
import { readResources } from "../../infra/stack/template.ts";
import type { alertResource } from "../../shared/contracts/alerts/alert.ts";
import type { incidentResource } from "../../shared/contracts/incidents/incident.ts";
import type { notificationResource } from "../../shared/contracts/notifications/notification.ts";
import { sideBySide, userOf } from "../e2e/platform-user.ts";
import { clients, type TestPlatform, waitFor } from "../support/platform/platform.ts";
import { type ProviderServer, startProvider } from "../support/platform/provider-server.ts";
import { type Answer, ask, contractFault } from "./answer.ts";
import { seed } from "./seed.ts";

/** Addresses and credentials for SDK clients. */
type Aws = TestPlatform["env"];
type Alert = z.output<typeof alertResource>;
type Incident = z.output<typeof incidentResource>;
type Notification = z.output<typeof notificationResource>;

export interface Storm {
  /** Waits until this many more alerts are accepted. */
  accepts(more: number): Promise<void>;
  /** Waits until this many more alerts are rejected with a valid 503. */
  refuses(more: number): Promise<void>;
  /** Waits until this many more read requests are rejected with a valid 503. */
  refusesReaders(more: number): Promise<void>;
  /**
   * Ends the storm and waits until the platform is idle. Then checks that every accepted alert exists once,
   * in the one incident of its key. Each incident was paged once, or as often as its proof allows. There are
   * no dead letters, and every response follows the contract.
   *
   * @param options.answersAlways false if the gateway was killed, so some requests had no response
   */
  expectNothingLost(options?: { answersAlways?: boolean }): Promise<void>;
}

const services = Array.from({ length: 12 }, (_, index) => `service-${index}`);
const alertsPerIncident = 5;
const posters = 12;
/** Pause of each sender: 40 alerts per second are more than the consumers handle on two cores. */
const paceMs = 300;
const settleMs = 150_000;

/**
 * Starts a storm that lasts until it is ended.
 *
 * @param aws location of the platform's queues, if external
 */
export async function startStorm(platform: TestPlatform, aws: Aws = platform.env): Promise<Storm> {
  const receiver = await startProvider();
  onTestFinished(() => receiver.close());
  onTestFailed(() => {
    console.error(`To repeat: FAULT_SEED=${seed}\n${platform.output().slice(-4_000)}`);
  });
  await sideBySide(services, 4, (service) => prepare(platform, service, `${receiver.url}/${service}`));

  let next = 0;
  const faults: string[] = [];
  const unanswered: string[] = [];
  const refused = { alerts: 0, readers: 0 };
  const accepted = new Set<number>();
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });

  function note(answer: Answer, expected: readonly number[], kind: keyof typeof refused): void {
    const fault = contractFault(answer, expected);
    if (fault) faults.push(fault);
    else if (!answer.response) unanswered.push(answer.request);
    else if (!expected.includes(answer.response.status)) refused[kind] += 1;
  }

  async function fire(number: number): Promise<void> {
    const service = serviceOf(number);
    const alert = {
      service,
      severity: "critical",
      message: `Shot ${number}`,
      labels: { number },
      // New incidents start regularly, so that pages are always in progress.
      dedup_key: `${service}/${Math.floor(number / services.length / alertsPerIncident)}`,
    };
    const answer = await ask(`${platform.url}/api/v1/alerts`, {
      method: "POST",
      body: JSON.stringify(alert),
      headers: isRepeatable(number) ? { "idempotency-key": `shot-${number}` } : {},
    });
    note(answer, [202], "alerts");
    if (answer.response?.status === 202) accepted.add(number);
  }

  const posting = sideBySide(Array.from({ length: posters }), posters, async () => {
    while (!isOver) {
      const number = next;
      next += 1;
      await Promise.all([fire(number), delay(paceMs)]);
    }
  });
  const reading = (async () => {
    const paths = ["/", "/api/v1/incidents?limit=5", "/api/v1/services", "/incidents"];
    for (let turn = 0; !isOver; turn += 1) {
      const path = paths[turn % paths.length] as string;
      const accept = path.startsWith("/api/") ? "application/json" : "text/html";
      const [answer] = await Promise.all([ask(platform.url + path, { headers: { accept } }), delay(paceMs)]);
      note(answer, [200], "readers");
    }
  })();

  /** Waits until the count has risen, unless a response violated the contract. */
  async function rises(current: () => number, more: number): Promise<void> {
    const enough = current() + more;
    await waitFor(() => faults.length > 0 || current() >= enough, 60_000);
    expect(faults).toEqual([]);
  }

  async function end(): Promise<void> {
    isOver = true;
    await Promise.all([posting, reading]);
    const open = () =>
      Array.from({ length: next }, (_, number) => number).filter(
        (number) => isRepeatable(number) && !accepted.has(number),
      );
    await waitFor(async () => {
      await sideBySide(open(), posters, fire);
      return open().length === 0;
    }, 60_000);
  }

  return {
    accepts: (more) => rises(() => accepted.size, more),
    refuses: (more) => rises(() => refused.alerts, more),
    refusesReaders: (more) => rises(() => refused.readers, more),
    async expectNothingLost({ answersAlways = true } = {}) {
      await end();
      expect(faults).toEqual([]);
      if (answersAlways) expect(unanswered).toEqual([]);
      await settled(platform, aws, accepted);
      const { alerts, incidents, notifications } = userOf(platform);
      const recorded = await alerts();
      const opened = await incidents();
      expectRecorded(recorded, accepted);
      expectCorrelated(recorded, opened);
      expectPaged(opened, await notifications(), receiver.requests);
      expect(await deadLetters(aws)).toEqual({});
    },
  };
}

function serviceOf(number: number): string {
  return services[number % services.length] as string;
}

/** Even numbers have an Idempotency-Key and are sent until accepted. Odd ones are sent once. */
function isRepeatable(number: number): boolean {
  return number % 2 === 0;
}

/** Creates a service whose team pages one person by webhook, without escalation. */
export async function prepare({ url }: TestPlatform, service: string, address: string): Promise<void> {
  const email = `${service}@example.com`;
  const person = {
    name: service,
    contact_methods: [{ id: "hook", channel: "webhook", address }],
    notification_rules: [{ contact_method_id: "hook", delay_seconds: 0 }],
  };
  const policy = { rules: [{ targets: [{ type: "user", email }], delay_seconds: 86_400 }] };
  const things = {
    [`users/${email}`]: person,
    [`teams/${service}/escalation-policy`]: policy,
    [`services/${service}`]: { team: service },
  };
  for (const [path, body] of Object.entries(things)) {
    const init = { method: "PUT", body: JSON.stringify(body) };
    await waitFor(async () => (await ask(`${url}/api/v1/${path}`, init)).response?.status === 200, 20_000);
  }
}

/** Waits until the queues are empty, every alert is recorded and every page is sent. */
async function settled(platform: TestPlatform, aws: Aws, accepted: ReadonlySet<number>): Promise<void> {
  const { alerts, notifications } = userOf(platform);
  let left: unknown;
  try {
    await waitFor(async () => {
      left = await depths(aws);
      if (Object.keys(left as object).length > 0) return false;
      const recorded = new Set((await alerts()).map(numberOf));
      const missing = [...accepted].filter((number) => !recorded.has(number));
      const unsent = (await notifications()).filter(({ status }) => status === "queued");
      left = { missing, unsent };
      return missing.length + unsent.length === 0;
    }, settleMs);
  } catch (error) {
    throw new Error(
      `It does not settle: ${JSON.stringify(left)}, dead ${JSON.stringify(await deadLetters(aws))}`,
      {
        cause: error,
      },
    );
  }
}

function numberOf({ labels }: Alert): number {
  return Number(labels.number);
}

function expectRecorded(alerts: readonly Alert[], accepted: ReadonlySet<number>): void {
  const times = Map.groupBy(alerts, numberOf);
  expect([...accepted].filter((number) => !times.has(number))).toEqual([]);
  expect([...times].filter(([, { length }]) => length !== 1).map(([number]) => number)).toEqual([]);
}

function expectCorrelated(alerts: readonly Alert[], incidents: readonly Incident[]): void {
  const perKey = Map.groupBy(alerts, ({ dedup_key }) => dedup_key);
  expect(incidents.map(({ dedup_key }) => dedup_key).toSorted()).toEqual([...perKey.keys()].toSorted());
  for (const { id, dedup_key, service, status, alert_count } of incidents) {
    const own = perKey.get(dedup_key as string) ?? [];
    expect({ service, status, alert_count }).toEqual({
      service: dedup_key?.split("/")[0],
      status: "open",
      alert_count: own.length,
    });
    expect(new Set(own.map(({ incident_id }) => incident_id))).toEqual(new Set([id]));
    expect(own.filter(({ outcome }) => outcome === "new_incident")).toHaveLength(1);
  }
}

/**
 * Checks that each incident was paged once. Attempts in doubt may have arrived as often as they were tried.
 */
function expectPaged(
  incidents: readonly Incident[],
  notifications: readonly Notification[],
  requests: ProviderServer["requests"],
): void {
  expect(notifications.map(({ incident_id }) => incident_id).toSorted()).toEqual(
    incidents.map(({ id }) => id).toSorted(),
  );
  const arrived = Map.groupBy(requests, ({ headers }) => headers["webhook-id"]);
  for (const { id, status, recipient, attempts } of notifications) {
    const times = arrived.get(id)?.length ?? 0;
    const inDoubt = attempts.filter(({ outcome }) => outcome === "in_doubt").length;
    expect({ id, status, isDelivered: times >= 1 }).toEqual({ id, status: "sent", isDelivered: true });
    expect(times, `deliveries of ${id}, of which ${inDoubt} are in doubt`).toBeLessThanOrEqual(1 + inDoubt);
    expect(new Set(arrived.get(id)?.map(({ path }) => `${path.slice(1)}@example.com`))).toEqual(
      new Set([recipient]),
    );
  }
  const known = new Set(notifications.map(({ id }) => id));
  expect([...arrived.keys()].filter((id) => !known.has(id as string))).toEqual([]);
}

const root = `${import.meta.dirname}/../..`;
const pairs = pairsOf(readResources(root, "local"), "incident-platform-local-");

/** Returns the number of messages in non-empty queues, without timers that are not due and telemetry. */
export async function depths(aws: Aws): Promise<Record<string, number>> {
  return eachQueue(aws, async (queues, { name, queue }) => {
    const { waiting, inFlight, delayed } = await queues.depth(queue);
    if (name === "telemetry") return 0;
    return waiting + inFlight + (name === "incident-timers" ? 0 : delayed);
  });
}

export function deadLetters(aws: Aws): Promise<Record<string, number>> {
  return eachQueue(aws, async (queues, { deadLetterQueue }) => {
    const { waiting, inFlight, delayed } = await queues.depth(deadLetterQueue);
    return waiting + inFlight + delayed;
  });
}

async function eachQueue(
  aws: Aws,
  count: (queues: ReturnType<typeof sqsQueues>, pair: (typeof pairs)[number]) => Promise<number>,
): Promise<Record<string, number>> {
  const { dynamodb, sqs } = clients(aws);
  try {
    const queues = sqsQueues(sqs);
    const counts = await Promise.all(
      pairs.map(async (pair) => [pair.name, await count(queues, pair)] as const),
    );
    return Object.fromEntries(counts.filter(([, messages]) => messages > 0));
  } finally {
    dynamodb.destroy();
    sqs.destroy();
  }
}
