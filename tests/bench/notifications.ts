/** Speed of paging many people, and completeness with random provider failures. */
import { setTimeout as delay } from "node:timers/promises";
import { apiOf } from "../../infra/api-client.ts";
import type { Channel } from "../../shared/channels/channel-type.ts";
import { emailChannel } from "../../shared/channels/email.client.ts";
import { smsChannel } from "../../shared/channels/sms.client.ts";
import { webhookChannel } from "../../shared/channels/webhook.client.ts";
import { receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { presentOutgoingMessage } from "../../shared/contracts/notifications/outgoing-message.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/schedules/create-schedule.ts";
import type { ContactMethod } from "../../shared/domain/notifications/notification.ts";
import { createHttp } from "../../shared/outbound/http.ts";
import { aDraft, aPolicy, aSchedule, aUser, minutes } from "../support/builders.ts";
import { testSystem } from "../support/memory/system.ts";
import { anOutgoingMessage } from "../support/outgoing-message.ts";
import { startPlatform, waitFor } from "../support/platform/platform.ts";
import {
  type MailServer,
  type ProviderServer,
  type SmtpBehaviour,
  startMailServer,
  startProvider,
} from "../support/platform/provider-server.ts";
import { type Row, rounded } from "./report.ts";

/** A person with an email address, a phone and a webhook. */
function peopleOf(count: number, { http }: Providers) {
  return Array.from({ length: count }, (_, index) => {
    const email = `p${index}@example.com`;
    const methods = [
      { id: "mail", channel: "email", address: email },
      { id: "phone", channel: "sms", address: `+49151${10_000_000 + index}` },
      { id: "hook", channel: "webhook", address: `${http.url}/hook/${index}` },
    ] satisfies ContactMethod[];
    return { email, methods };
  });
}

interface Providers {
  readonly mail: MailServer;
  readonly http: ProviderServer;
  /** Received messages as texts with channel and recipient. */
  arrived(): string[];
  close(): Promise<void>;
}

async function startProviders(): Promise<Providers> {
  const [mail, http] = await Promise.all([startMailServer(), startProvider()]);
  // Twilio returns 201.
  http.behave(({ path }) => ({ status: path.startsWith("/hook/") ? 204 : 201, body: "{}" }));
  return {
    mail,
    http,
    arrived: () => [
      ...mail.mails.map(({ recipients }) => `mail ${recipients}`),
      ...http.requests.map(({ path, body }) => (path.startsWith("/hook/") ? path : `sms ${body}`)),
    ],
    async close() {
      await Promise.all([mail.close(), http.close()]);
    },
  };
}

export async function measureNotifications(people: number): Promise<Row[]> {
  return [...(await fanOut(people)), ...(await failingAtRandom(people))];
}

/** One incident that pages everyone at once, through the running platform. */
async function fanOut(people: number): Promise<Row[]> {
  const providers = await startProviders();
  const platform = await startPlatform({
    env: {
      SMTP_URL: providers.mail.url,
      TWILIO_BASE_URL: providers.http.url,
      TWILIO_ACCOUNT_SID: "AC0",
      TWILIO_AUTH_TOKEN: "token",
      TWILIO_FROM: "+4930123456",
    },
  });
  const put = async (path: string, body: unknown) => {
    const reply = await fetch(platform.url + path, { method: "PUT", body: JSON.stringify(body) });
    if (!reply.ok) throw new Error(`PUT ${path}: ${reply.status} ${await reply.text()}`);
  };
  try {
    const call = apiOf(platform.url);
    const everybody = peopleOf(people, providers);
    for (const { email, methods: contact_methods } of everybody) {
      const notification_rules = contact_methods.map(({ id }) => ({
        contact_method_id: id,
        delay_seconds: 0,
      }));
      await put(`/api/v1/users/${email}`, { name: email, contact_methods, notification_rules });
    }
    const member = { name: "Ada", email: "p0@example.com", role: "primary" } as const;
    await call(createScheduleContract, {
      body: { team: "bench", rotation_type: "daily", members: [member] },
    });
    const targets = everybody.map(({ email }) => ({ type: "user", email }));
    await put("/api/v1/teams/bench/escalation-policy", { rules: [{ targets, delay_seconds: 3_600 }] });
    const sends = people * 3;
    const startedAt = performance.now();
    await call(receiveAlertsContract, { body: { service: "bench", severity: "high", message: "down" } });
    await waitFor(() => providers.arrived().length >= sends, 120_000);
    const ms = performance.now() - startedAt;
    await delay(2_000); // duplicates would arrive about now
    const arrived = providers.arrived();
    const yardstick = await directSends(providers, people);
    const section = `One incident to ${people} people on 3 channels (servers of this process)`;
    return [
      {
        section,
        what: "from the alert to the last send",
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
  const send = await channelsTo(providers);
  const methods = peopleOf(people, providers).flatMap(({ methods }) => methods);
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      for (let method = methods.pop(); method; method = methods.pop())
        await send.deliver(anOutgoingMessage(method));
    }),
  );
  return performance.now() - startedAt;
}

/** Real channels connected to these servers. */
async function channelsTo(providers: Providers): Promise<Channel> {
  const http = createHttp({ allowPrivate: true, allowedNetworks: [], timeoutMs: 7_500 });
  const account = { accountSid: "AC0", authToken: "token", from: "+4930123456", callbacks: () => null };
  const real: Partial<Record<string, Channel>> = {
    email: await emailChannel({ url: providers.mail.url, from: "bench@example.com", timeoutMs: 7_500 }),
    sms: smsChannel({ http, baseUrl: providers.http.url, ...account }),
    webhook: webhookChannel({ http, keys: [], present: presentOutgoingMessage }),
  };
  return {
    async deliver(message) {
      const chosen = real[message.notification.channel];
      if (!chosen) throw new Error(`no channel ${message.notification.channel}`);
      return chosen.deliver(message);
    },
  };
}

/** The same people with 30% of calls failing, on a simulated clock: half an hour of retries in seconds. */
async function failingAtRandom(people: number): Promise<Row[]> {
  const providers = await startProviders();
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  let calls = 0;
  const fails = () => {
    calls += 1;
    return random() < 0.3;
  };
  providers.http.behave(() => ({ status: fails() ? 503 : 201, body: "{}" }));
  providers.mail.behave({
    get onMessage() {
      return fails() ? { code: 451, text: "try again later" } : undefined;
    },
  } as SmtpBehaviour);
  const system = testSystem({ channel: await channelsTo(providers) });
  try {
    const everybody = peopleOf(people, providers);
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
    await system.settle({ within: minutes(59) });
    const notifications = [];
    for (let after: string | null = null; ; ) {
      const page = await system.seen.notifications.list({}, { limit: 200, after });
      notifications.push(...page.items);
      if (page.next === null) break;
      after = page.next;
    }
    const sent = notifications.filter(({ status }) => status === "sent");
    const dead = system.sqs.queue("notifications-dlq").messages.length;
    const twice = sent.filter(({ attempts }) => attempts.filter(({ ok }) => ok).length !== 1).length;
    const latest = Math.max(...sent.map(({ sentAt, createdAt }) => (sentAt ?? 0) - createdAt)) / 1_000;
    return [
      {
        section: `The same with 30% of all calls failing at random (retries on a clock that is moved)`,
        what: "lost or sent more than once",
        value: people * 3 - sent.length - dead + twice,
        unit: "messages",
        beside:
          `${sent.length} delivered in ${calls} calls, the last after ${rounded(latest)} s; ` +
          `${dead} with the dead letters`,
        aim: { most: 0 },
      },
    ];
  } finally {
    await providers.close();
  }
}
