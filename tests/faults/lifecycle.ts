/** People who change incidents while the platform dies, and record every accepted change. */
import { setTimeout as delay } from "node:timers/promises";
import { expect, onTestFinished } from "vitest";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { userOf } from "../e2e/platform-user.ts";
import { type TestPlatform, waitFor } from "../support/platform/platform.ts";
import { type ProviderServer, startProvider } from "../support/platform/provider-server.ts";
import { ask } from "./answer.ts";
import { deadLetters, depths, prepare } from "./storm.ts";

/** Time of a snooze: longer than a start takes on an idle machine, so that few repeated requests are too late. */
const snoozeMs = 15_000;
const timeoutMs = 180_000;
const retryMs = 200;

export interface Responders {
  /** Waits until this many more requests are accepted. */
  accepts(more: number): Promise<void>;
  /** Waits for everyone's present round of changes to end. */
  finish(): Promise<void>;
  /**
   * Waits until the platform is idle, and checks that each accepted change is in the timeline once, each alert is in one
   * incident, snoozes have ended and no one was paged twice for a pass.
   *
   * @returns how much was checked
   */
  expectNothingLost(): Promise<Readonly<Record<string, number>>>;
}

/** One incident that a person changes, and what its timeline must show. */
interface Worker {
  readonly service: string;
  id: string;
  /** Expressions for the events, in order. */
  readonly expected: string[];
  /** Accepted alerts. */
  alerts: number;
  changes: number;
  snoozes: number;
  merges: number;
}

function sumOf(workers: readonly Worker[], part: "alerts" | "changes" | "snoozes" | "merges"): number {
  return workers.reduce((sum, worker) => sum + worker[part], 0);
}

type Send = (method: "PATCH" | "POST", path: string, body: object, key?: string) => Promise<number>;

/** Lets one person per service change its incident until `finish`. */
export async function startResponders(platform: TestPlatform, count: number): Promise<Responders> {
  const receiver = await startProvider();
  onTestFinished(() => receiver.close());
  const workers = Array.from(
    { length: count },
    (_, index): Worker => ({
      service: `lifecycle-${index}`,
      id: "",
      expected: ["opened paging "],
      alerts: 0,
      changes: 0,
      snoozes: 0,
      merges: 0,
    }),
  );
  for (const { service } of workers) await prepare(platform, service, `${receiver.url}/${service}`);
  const state = { isOver: false };
  onTestFinished(() => {
    state.isOver = true;
  });
  const working = Promise.all(workers.map((worker) => work(platform, worker, state)));
  working.catch(() => {
    state.isOver = true;
  });
  return {
    async accepts(more) {
      const accepted = () => sumOf(workers, "alerts") + sumOf(workers, "changes");
      const enough = accepted() + more;
      await waitFor(() => state.isOver || accepted() >= enough, timeoutMs);
    },
    async finish() {
      state.isOver = true;
      await working;
    },
    expectNothingLost: () => expectNothingLost(platform, workers, receiver),
  };
}

async function work(platform: TestPlatform, worker: Worker, state: { readonly isOver: boolean }) {
  const { service } = worker;
  const send: Send = (method, path, body, key) => untilAnswered(platform, method, path, body, key);
  const alert = async (dedup_key: string, number: string) => {
    const body = { service, severity: "high", message: `Shot ${number}`, dedup_key, labels: { number } };
    expect(await send("POST", "alerts", body, `${service} ${number}`)).toBe(202);
    worker.alerts += 1;
  };
  await alert("main", "first");
  worker.id = await idOf(platform, service, "main");
  const actor = `${service}@example.com`;
  const change = async (what: string, event: string, body: object = {}, key?: string) => {
    const method = what === "acknowledge" || what === "resolve" ? "PATCH" : "POST";
    const status = await send(method, `incidents/${worker.id}/${what}`, { actor, ...body }, key);
    expect({ what, status }).toEqual({ what, status: 200 });
    worker.expected.push(event);
    worker.changes += 1;
  };
  for (let round = 1; !state.isOver; round += 1) {
    await alert("main", `main ${round}`);
    // They answer the request of the round before.
    await change("acknowledge", round === 1 ? "acknowledged " : "acknowledged responder_answered ");
    await change("unacknowledge", "reopened:person paging ");
    await change("responders", "responders_requested ", { emails: [actor] }, `${service} ask ${round}`);
    await snooze(worker, send, actor);
    const duplicate = `duplicate ${round}`;
    await alert(duplicate, duplicate);
    const merged = await idOf(platform, service, duplicate);
    const merging = { into: worker.id, actor };
    expect(await send("POST", `incidents/${merged}/merge`, merging, `${service} merge ${round}`)).toBe(200);
    worker.merges += 1;
    worker.changes += 1;
    // Its key leads to the other incident now.
    await alert(duplicate, `${duplicate} again`);
    await until(
      platform,
      worker,
      ({ status, alert_count }) => status === "open" && alert_count === worker.alerts,
    );
    await change("resolve", "resolved ");
    await change("reopen", "reopened:person paging ");
  }
}

/**
 * Snoozes the incident. A snooze whose answer came only after its end may have been stored. It may also have ended
 * while the next one was requested, and the events are in the order of the requests.
 */
async function snooze(worker: Worker, send: Send, actor: string): Promise<void> {
  // The merge is somewhere between these events.
  const merge = "(merged_from )?";
  const ended = `${merge}reopened:snooze_ended ${merge}paging ${merge}`;
  for (let event = `snoozed ${ended}`; ; event = `(snoozed |${ended})+`) {
    const until = new Date(Date.now() + snoozeMs).toISOString();
    const status = await send("POST", `incidents/${worker.id}/snooze`, { until, actor });
    if (status === 200) {
      worker.expected.push(event);
      worker.changes += 1;
      worker.snoozes += 1;
      return;
    }
    expect(status).toBe(422);
  }
}

/** Repeats a request until it has a response that is not 503. @returns its status */
async function untilAnswered(
  { url }: TestPlatform,
  method: "PATCH" | "POST",
  path: string,
  body: object,
  key?: string,
): Promise<number> {
  const headers: Record<string, string> = key === undefined ? {} : { "idempotency-key": key };
  const init = { method, body: JSON.stringify(body), headers };
  for (const until = Date.now() + timeoutMs; Date.now() < until; await delay(retryMs)) {
    const answer = await ask(`${url}/api/v1/${path}`, init);
    const { status, body: text } = answer.response ?? { status: 503, body: "" };
    if ([200, 202, 422].includes(status)) return status;
    if (status !== 503) throw new Error(`${method} ${path}: ${status} ${text}`);
  }
  throw new Error(`${method} ${path} was not answered`);
}

async function idOf(platform: TestPlatform, service: string, key: string): Promise<string> {
  let id = "";
  await waitFor(async () => {
    const incidents = await userOf(platform).incidents({ service });
    id = incidents.find(({ dedup_key }) => dedup_key === key)?.id ?? "";
    return id !== "";
  }, timeoutMs);
  return id;
}

async function until(
  platform: TestPlatform,
  { id }: Worker,
  isReached: (incident: { readonly status: string; readonly alert_count: number }) => boolean,
): Promise<void> {
  const { call } = userOf(platform);
  await waitFor(async () => isReached(await call(getIncidentContract, { params: { id } })), timeoutMs);
}

async function expectNothingLost(
  platform: TestPlatform,
  workers: readonly Worker[],
  receiver: ProviderServer,
): Promise<Readonly<Record<string, number>>> {
  const { call, alerts, incidents, notifications } = userOf(platform);
  await waitFor(async () => {
    const queued = (await notifications()).filter(({ status }) => status === "queued");
    return queued.length === 0 && Object.keys(await depths(platform.env)).length === 0;
  }, timeoutMs);
  expect(await deadLetters(platform.env)).toEqual({});

  const all = await notifications();
  const places = all.map(
    ({ incident_id, recipient, metadata: { request, pass, level } }) =>
      `${incident_id} ${request ?? `${pass}.${level}`} ${recipient}`,
  );
  expect(
    places.filter((place, index) => places.indexOf(place) !== index),
    "paged twice for one pass",
  ).toEqual([]);
  const arrived = Map.groupBy(receiver.requests, ({ headers }) => headers["webhook-id"]);
  for (const { id, attempts } of all) {
    const inDoubt = attempts.filter(({ outcome }) => outcome === "in_doubt").length;
    expect(arrived.get(id)?.length ?? 0, `deliveries of ${id}`).toBeLessThanOrEqual(1 + inDoubt);
  }

  for (const { service, id, expected, ...worker } of workers) {
    const incident = await call(getIncidentContract, { params: { id } });
    const events = incident.timeline.flatMap(({ type, details: { cause } }) => {
      if (type === "notification") return [];
      return [`${type === "reopened" ? `${type}:${cause}` : type} `];
    });
    expect(events.join(""), service).toMatch(new RegExp(`^${expected.join("")}$`));
    expect(events.filter((event) => event === "merged_from ")).toHaveLength(worker.merges);
    expect(incident).toMatchObject({ status: "open", snoozed_until: null, alert_count: worker.alerts });
    // The page of the last round.
    const passes = incident.timeline.flatMap(({ type, details }) =>
      type === "paging" ? [details.pass] : [],
    );
    const sent = all.filter(
      ({ incident_id, status, metadata }) =>
        incident_id === id && status === "sent" && metadata.pass === passes.at(-1),
    );
    expect(sent, `${service}: pages of pass ${passes.at(-1)}`).toHaveLength(1);

    const known = new Set((await incidents({ service })).map((each) => each.id));
    expect(known.size).toBe(1 + worker.merges);
    const recorded = await alerts({ service });
    expect(recorded).toHaveLength(worker.alerts);
    expect(recorded.filter(({ incident_id }) => !known.has(incident_id ?? ""))).toEqual([]);
  }
  return {
    alerts: sumOf(workers, "alerts"),
    changes: sumOf(workers, "changes"),
    snoozes: sumOf(workers, "snoozes"),
    merges: sumOf(workers, "merges"),
    pages: all.length,
    deliveries: receiver.requests.length,
  };
}
