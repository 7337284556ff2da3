/** Speed of paging many people by push, text message and call, and completeness while providers fail at random. */
import { setTimeout as delay } from "node:timers/promises";
import { apiOf } from "../../infra/api-client.ts";
import { receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/schedules/create-schedule.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import type { ContactMethod, Notification } from "../../shared/domain/notifications/notification.ts";
import { notificationDue } from "../../shared/messages/notification-due.ts";
import { reportDelivery } from "../../shared/use-cases/notifications/report-delivery.ts";
import { aDraft, aPolicy, aSchedule, aUser, minutes } from "../support/builders.ts";
import { signedByTwilio } from "../support/drive/notifications.ts";
import { type TestSystem, testSystem } from "../support/memory/system.ts";
import { anOutgoingMessage } from "../support/outgoing-message.ts";
import { startPlatform, waitFor } from "../support/platform/platform.ts";
import {
  channelsTo,
  type Providers,
  peopleOf,
  settingsFor,
  startProviders,
} from "./notification-providers.ts";
import { type Row, rounded } from "./report.ts";

export async function measureNotifications(people: number): Promise<Row[]> {
  return [...(await fanOut(people)), ...(await failingAtRandom(people))];
}

/** One incident that pages everyone at once, through the running platform. */
async function fanOut(people: number): Promise<Row[]> {
  let url = "";
  let reported = 0;
  const providers = await startProviders({
    async onAnswered(path) {
      const form = { CallSid: `CA${path}`, CallStatus: "completed", AnsweredBy: "human" };
      const body = new URLSearchParams(form).toString();
      const headers = signedByTwilio(path, form);
      const post = () => fetch(url + path, { method: "POST", headers, body });
      // A connection that is kept can end just before it is used.
      const reply = await post().catch(post);
      if (reply.ok) reported += 1;
    },
  });
  const platform = await startPlatform({ env: settingsFor(providers) });
  url = platform.url;
  const send = async (method: "PUT" | "POST", path: string, body: unknown) => {
    const reply = await fetch(url + path, { method, body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  };
  try {
    const call = apiOf(url);
    const everybody = peopleOf(people, providers.url);
    for (const { email, methods: contact_methods, device } of everybody) {
      const notification_rules = contact_methods.map(({ id }) => ({
        contact_method_id: id,
        delay_seconds: 0,
      }));
      await send("PUT", `/api/v1/users/${email}`, { name: email, contact_methods, notification_rules });
      const { endpoint, p256dh, auth, name } = device;
      const subscription = { endpoint, keys: { p256dh, auth }, name };
      await send("POST", `/api/v1/users/${email}/push-subscriptions`, subscription);
    }
    const member = { name: "Ada", email: "p0@example.com", role: "primary" } as const;
    await call(createScheduleContract, {
      body: { team: "bench", rotation_type: "daily", members: [member] },
    });
    const targets = everybody.map(({ email }) => ({ type: "user", email }));
    const policy = { rules: [{ targets, delay_seconds: 3_600 }] };
    await send("PUT", "/api/v1/teams/bench/escalation-policy", policy);
    const sends = people * 3;
    const startedAt = performance.now();
    await call(receiveAlertsContract, { body: { service: "bench", severity: "high", message: "down" } });
    await waitFor(() => providers.accepted.length >= sends && reported >= people, 120_000);
    const ms = performance.now() - startedAt;
    await delay(2_000); // duplicates would arrive about now
    const arrived = [...providers.accepted];
    const yardstick = await directSends(providers, people);
    const section = `One incident to ${people} people by push, SMS and call (servers of this process)`;
    return [
      {
        section,
        what: "from the alert to the last send and the last report on a call",
        value: ms,
        unit: "ms",
        beside: `${rounded((sends / ms) * 1_000)} sends/s; the same sends alone, ten at a time: ${rounded(yardstick)} ms`,
      },
      {
        section,
        what: "  duplicates",
        value: arrived.length - new Set(arrived).size,
        unit: "messages",
        beside: `${arrived.length} of ${sends} arrived`,
        aim: { most: 0 },
      },
    ];
  } finally {
    await platform.stop();
    await providers.close();
  }
}

/** Baseline: the same channels without a platform. */
async function directSends(providers: Providers, people: number): Promise<number> {
  const everybody = peopleOf(people, providers.url);
  const channel = await channelsTo(providers, everybody);
  const methods = everybody.flatMap(({ methods }) => methods);
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      for (let method = methods.pop(); method; method = methods.pop())
        await channel.deliver(anOutgoingMessage(method));
    }),
  );
  return performance.now() - startedAt;
}

/** Share of requests that fail: two thirds of them with a 503, the others without a response. */
const failing = 0.3;
/** One in so many phones cannot be called at all. */
const unreachable = 10;

/** The same people while providers fail, on a simulated clock: an hour of retries in seconds. */
async function failingAtRandom(people: number): Promise<Row[]> {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const isUnreachable = ({ channel, address }: Pick<ContactMethod, "channel" | "address">) =>
    channel === "voice" && Number(address.slice(-3)) % unreachable === 0;
  const providers = await startProviders({
    fateOf(name) {
      const [channel = "", address = ""] = name.split(" ");
      if (isUnreachable({ channel, address })) return "unavailable";
      const chance = random();
      if (chance >= failing) return "accepted";
      return chance < failing / 3 ? "reset" : "unavailable";
    },
    onAnswered(path) {
      const id = new URLSearchParams(path.split("?")[1]).get("id") ?? "";
      const report = { kind: "delivered", detail: "answered by a person", providerId: `CA${id}` } as const;
      const now = system.now();
      return reportDelivery({ ...system.deps, sha256 }, id, { ...report, at: now }, now);
    },
  });
  const everybody = peopleOf(people, providers.url);
  const system = testSystem({ channel: await channelsTo(providers, everybody) });
  try {
    for (const { email, methods: contactMethods } of everybody) {
      const notificationRules = contactMethods.map(({ id }) => ({ contactMethodId: id, delaySeconds: 0 }));
      await system.seen.users.put(aUser({ email, contactMethods, notificationRules }));
    }
    await system.seen.schedules.create(aSchedule({ team: "checkout" }));
    await system.seen.schedules.putPolicy(
      "checkout",
      aPolicy({ rules: [everybody.map(({ email }) => email)], delaySeconds: 86_400 }),
    );
    await system.receive(aDraft());
    await system.settle({ within: minutes(119) });
    const all = await pagesOf(system);
    const [fallbacks, pages] = [true, false].map((isFallback) =>
      all.filter(({ channel }) => (channel === "email") === isFallback),
    ) as [Notification[], Notification[]];
    const dead = new Set(
      system.sqs
        .queue("notifications-dlq")
        .messages.map(({ body }) => notificationDue.parse(JSON.parse(body)).notificationId),
    );
    const times = Map.groupBy(providers.accepted, (name) => name);
    const countOf = ({ channel, address }: Notification) => times.get(`${channel} ${address}`)?.length ?? 0;
    const isDelivered = (page: Notification) =>
      countOf(page) === 1 && page.status === "sent" && !dead.has(page.id);
    const isGivenUp = (page: Notification) =>
      countOf(page) === 0 && page.status === "failed" && dead.has(page.id);
    const delivered = pages.filter(isDelivered);
    const givenUp = pages.filter(isGivenUp);
    const calls = delivered.filter(({ channel }) => channel === "voice");
    const latest = Math.max(...delivered.map(({ sentAt, createdAt }) => (sentAt ?? 0) - createdAt)) / 1_000;
    const uncalled = everybody.filter(({ methods }) => methods.some(isUnreachable)).map(({ email }) => email);
    const section = "The same with 30% of all requests failing at random (retries on a clock that is moved)";
    return [
      {
        section,
        what: "neither delivered once nor a dead letter",
        value: people * 3 - delivered.length - givenUp.length + providers.accepted.length - times.size,
        unit: "messages",
        beside:
          `${delivered.length} delivered in ${providers.requests} requests, the last after ${rounded(latest)} s; ` +
          `${givenUp.length} dead letters`,
        aim: { most: 0 },
      },
      {
        section,
        what: "  dead letters that do not follow by email, once",
        value: differenceOf(uncalled, providers.emailed) + Math.abs(fallbacks.length - givenUp.length),
        unit: "messages",
        beside: `${uncalled.length} phones cannot be called, ${providers.emailed.length} emails`,
        aim: { most: 0 },
      },
      {
        section,
        what: "  answered calls without a receipt",
        value: calls.filter(({ receipts }) => !receipts.some(({ kind }) => kind === "delivered")).length,
        unit: "messages",
        beside: `${calls.length} calls were answered`,
        aim: { most: 0 },
      },
    ];
  } finally {
    await providers.close();
  }
}

/** Returns how many of two lists of the same texts are missing or surplus. */
function differenceOf(wanted: readonly string[], actual: readonly string[]): number {
  const missing = wanted.filter((each) => !actual.includes(each)).length;
  return missing + Math.abs(actual.length - wanted.length);
}

async function pagesOf({ seen }: TestSystem): Promise<readonly Notification[]> {
  const pages: Notification[] = [];
  for (let after: string | null = null; ; ) {
    const page = await seen.notifications.list({}, { limit: 200, after });
    pages.push(...page.items);
    if (page.next === null) return pages;
    after = page.next;
  }
}
