/**
 * The complete path from alert to page in memory: real use cases, stores, producers and consumers, with a
 * controllable table, queues and clock.
 */

import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type * as z from "zod";
import { recentValues } from "../../../shared/caching/recent-values.ts";
import type { Channel } from "../../../shared/channels/channel-type.ts";
import { channelNames } from "../../../shared/channels/registry.ts";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { verificationCode } from "../../../shared/crypto/verification-code.ts";
import type { Destination } from "../../../shared/domain/access/contact.ts";
import type { Alert, AlertDraft } from "../../../shared/domain/alerts/alert.ts";
import type { Incident } from "../../../shared/domain/incidents/incident.ts";
import { limits } from "../../../shared/domain/limits.ts";
import type { Metrics } from "../../../shared/domain/metrics.ts";
import { TemporaryFailure } from "../../../shared/domain/notifications/delivery.ts";
import type { Notification } from "../../../shared/domain/notifications/notification.ts";
import { handleOnce, type StoredReply, seededUlids } from "../../../shared/http/idempotency.ts";
import { alertAccepted } from "../../../shared/messages/alert-accepted.ts";
import { incidentChanged } from "../../../shared/messages/incident-changed.ts";
import { notificationDue } from "../../../shared/messages/notification-due.ts";
import { timerDue } from "../../../shared/messages/timer-due.ts";
import { consumer, type Handle, readBody } from "../../../shared/queue/consumer.ts";
import { giveUp, redriveOnce, wasRedriven } from "../../../shared/queue/dead-letter.ts";
import { alertQueue, eventQueue, notificationQueue, timerQueue } from "../../../shared/queue/queues.ts";
import { retryAfter } from "../../../shared/queue/visibility.ts";
import { linkedAccountStore } from "../../../shared/storage/access/linked-account-store.ts";
import { phoneStore } from "../../../shared/storage/access/phone-store.ts";
import { reachabilityStore } from "../../../shared/storage/access/reachability-store.ts";
import { userStore } from "../../../shared/storage/access/user-store.ts";
import { alertStore } from "../../../shared/storage/alerts/alert-store.ts";
import { downtimeStore } from "../../../shared/storage/alerts/downtime-store.ts";
import { heartbeatStore } from "../../../shared/storage/alerts/heartbeat-store.ts";
import { ruleStore } from "../../../shared/storage/alerts/rule-store.ts";
import { suppressedAlertStore } from "../../../shared/storage/alerts/suppressed-alert-store.ts";
import { idempotencyStore } from "../../../shared/storage/idempotency-store.ts";
import { changeStore } from "../../../shared/storage/incidents/change-store.ts";
import { incidentEventStore } from "../../../shared/storage/incidents/incident-event-store.ts";
import { incidentStore } from "../../../shared/storage/incidents/incident-store.ts";
import { statsStore } from "../../../shared/storage/incidents/stats-store.ts";
import { timerStore } from "../../../shared/storage/incidents/timer-store.ts";
import { messageFailures } from "../../../shared/storage/message-failures.ts";
import { notificationStore } from "../../../shared/storage/notifications/notification-store.ts";
import { pageCounter } from "../../../shared/storage/notifications/page-counter.ts";
import { pageWindowStore } from "../../../shared/storage/notifications/page-window-store.ts";
import { teamChannelStore } from "../../../shared/storage/notifications/team-channel-store.ts";
import { webhookStore } from "../../../shared/storage/notifications/webhook-store.ts";
import { drillStore } from "../../../shared/storage/oncall/drill-store.ts";
import { scheduleStore } from "../../../shared/storage/oncall/schedule-store.ts";
import { serviceStore } from "../../../shared/storage/oncall/service-store.ts";
import type { Table } from "../../../shared/storage/table.ts";
import { acceptAlerts } from "../../../shared/use-cases/alerts/accept-alerts.ts";
import { handleAlertMessages } from "../../../shared/use-cases/alerts/handle-alert-messages.ts";
import { sweepAlerts } from "../../../shared/use-cases/alerts/sweep-alerts.ts";
import { fireTimer } from "../../../shared/use-cases/incidents/fire-timer.ts";
import { onIncidentEvents } from "../../../shared/use-cases/incidents/on-incident-event.ts";
import { republishEvents } from "../../../shared/use-cases/incidents/republish-events.ts";
import { sweepTimers } from "../../../shared/use-cases/incidents/sweep-timers.ts";
import { isDeliveryPending } from "../../../shared/use-cases/notifications/check-pending-delivery.ts";
import { deliverNotification } from "../../../shared/use-cases/notifications/deliver-notification.ts";
import type { Log, Ulid } from "../../../shared/use-cases/ports/system.ts";
import { countingUlids, minutes, monday, permitted, permittedAnswer, seconds, unique } from "../builders.ts";
import { Died, type Faults, faults as makeFaults } from "./faults.ts";
import { type MemorySqs, memorySqs } from "./memory-sqs.ts";
import { type MemoryTable, memoryTable } from "./memory-table.ts";

export const queueNames = ["alerts", "events", "notifications", "timers"] as const;
export type QueueName = (typeof queueNames)[number];

export interface TestSystemOptions {
  /** Table to use. Default: an in-memory table. */
  readonly table?: Table;
  readonly now?: number;
  /** Channel that handles provider calls. */
  readonly channel?: Channel;
  readonly pagesPerQuarterHour?: number;
  /** Default: pages are not bundled with the first one before them. */
  readonly bundlingMs?: number;
}

/** Sweeps run at this time and every minute before and after, offset from the full minutes that tests use. */
const sweepsAt = monday - seconds(7);
const endOfTime = Date.UTC(9_000, 0);
/** Number of an ID in order of drawing. */
const drawnNumber = /(0{10}\d{6})/;
/** Time for which processes remember incidents. */
const rememberedMs = seconds(10);
const historyMs = minutes(60);

/** Chooses an index below `count`. */
export type Choose = (count: number) => number;

export type TestSystem = ReturnType<typeof testSystem>;

/** State that a process leaves to the next: all but its caches. */
interface State {
  readonly now: number;
  readonly table: MemoryTable;
  readonly sqs: MemorySqs;
  readonly drawn: { readonly ids: { count: number }; readonly alertIds: { count: number } };
  readonly pages: readonly Notification[];
}

/** Returns an independent system in the same state, with new processes. */
export function copyOf(system: TestSystem): TestSystem {
  if (system.options.table) throw new Error("Only the in-memory table can be copied");
  return testSystem(system.options, system.state());
}

export function testSystem(options: TestSystemOptions = {}, from?: State) {
  let now = from?.now ?? options.now ?? monday;
  let away = false;
  const clock = () => now;
  const faults = makeFaults();
  const sqs = from?.sqs.copy(clock) ?? memorySqs(clock);
  const memory = from?.table.copy(clock) ?? memoryTable(clock);
  const pristine = options.table ?? memory;
  const table = faultyTable(pristine, faults);
  const client = faultyClient(sqs.client, faults);
  // Separate sequences, so that alert IDs do not depend on other IDs.
  const drawn = { ids: { count: 0, ...from?.drawn.ids }, alertIds: { count: 0, ...from?.drawn.alertIds } };
  const ulid = countingUlids(drawn.ids);
  const alertUlid = countingUlids(drawn.alertIds);
  const lines: { level: string; message: string; fields?: Record<string, unknown> | undefined }[] = [];
  const log: Log = {
    info: (message, fields) => void lines.push({ level: "info", message, fields }),
    warn: (message, fields) => void lines.push({ level: "warn", message, fields }),
    error: (message, fields) => void lines.push({ level: "error", message, fields }),
  };

  const counts: Record<string, number> = {};
  const metrics: Metrics = {
    count: (name, labels, by = 1) => {
      const series = `${name} ${Object.values(labels).join(" ")}`;
      counts[series] = (counts[series] ?? 0) + by;
    },
    observe: () => {},
  };

  const pages: Notification[] = [...(from?.pages ?? [])];
  const channel: Channel = {
    deliver: (message) =>
      faults.through(
        "provider",
        async () => {
          pages.push(message.notification);
          return options.channel ? options.channel.deliver(message) : { detail: "accepted" };
        },
        () => new TemporaryFailure("connection reset"),
      ),
    withdraw: async (message) => options.channel?.withdraw?.(message),
    reconcile: async (message, now) => (await options.channel?.reconcile?.(message, now)) ?? null,
  };

  const rules = ruleStore(table);
  const wired = {
    alerts: alertStore(table),
    suppressedAlerts: suppressedAlertStore(table),
    heartbeats: heartbeatStore(table),
    downtime: downtimeStore(table),
    ruleStore: rules,
    rules: () => rules.load(now - historyMs),
    recentIncidents: recentValues<Incident>(rememberedMs, clock),
    incidents: incidentStore(table),
    incidentEvents: incidentEventStore(table),
    changes: changeStore(table),
    recentChanges: (service: string) => changeStore(table).latest(service, now - seconds(86_400)),
    notifications: notificationStore(table),
    schedules: scheduleStore(table),
    services: serviceStore(table),
    teamChannels: teamChannelStore(table),
    stats: statsStore(table),
    timers: timerStore(table),
    users: userStore(table),
    linkedAccounts: linkedAccountStore(table),
    phones: phoneStore(table),
    reachability: reachabilityStore(table),
    drills: drillStore(table),
    webhooks: webhookStore(table),
    webhooksOf: async (team: string) =>
      (await webhookStore(table).list(team, { limit: limits.pageSize, after: null })).items,
    pageCounter: pageCounter(table),
    pageWindows: pageWindowStore(table),
    idempotency: idempotencyStore(table),
    alertQueue: alertQueue(client, "alerts"),
    eventQueue: eventQueue(client, "events"),
    notificationQueue: notificationQueue(client, "notifications"),
    deadLetters: notificationQueue(client, "notifications-dlq"),
    timerQueue: timerQueue(client, "timers"),
    channels: Object.fromEntries(channelNames.map((name) => [name, channel])),
    digest: (text: string) => sha256(text).slice(0, 32),
    sha256,
    makeLinks: () => null,
    makeConfirmLink: () => null,
    verificationCode: (id: string) => verificationCode(id, "secret"),
    hasProvider: ({ channel }: Destination) => channel !== "console",
    acceptsReplies: () => false,
    emailReply: () => null,
    random: () => 0.5,
    pagesPerQuarterHour: options.pagesPerQuarterHour ?? 10,
    bundlingMs: options.bundlingMs ?? 0,
    log,
    metrics,
    clock,
    ulid,
    authorize: permitted,
    answerAs: permittedAnswer,
    signedIn: () => undefined,
    seededUlids,
    makeKey: () => unique("key-"),
    makeSecret: () => unique("secret-"),
    defaultTeam: "default",
    fallbackEmail: "fallback@example.com",
    correlationWindowMs: seconds(300),
  };

  /** Its stores and queues without injected faults and counting, for assertions. */
  const seen = {
    alerts: alertStore(pristine),
    suppressedAlerts: suppressedAlertStore(pristine),
    heartbeats: heartbeatStore(pristine),
    downtime: downtimeStore(pristine),
    ruleStore: ruleStore(pristine),
    incidents: incidentStore(pristine),
    incidentEvents: incidentEventStore(pristine),
    notifications: notificationStore(pristine),
    schedules: scheduleStore(pristine),
    services: serviceStore(pristine),
    teamChannels: teamChannelStore(pristine),
    timers: timerStore(pristine),
    users: userStore(pristine),
    phones: phoneStore(pristine),
    reachability: reachabilityStore(pristine),
    drills: drillStore(pristine),
    webhooks: webhookStore(pristine),
  };

  const consume = <T>(url: QueueName, schema: z.ZodType<T>, handle: Handle<T>) => {
    const failures = messageFailures(table);
    const deps = {
      log,
      retryAfter: retryAfter(client, url),
      countFailure: ({ messageId }: { messageId: string }) => failures.count(messageId, now),
      resetFailures: ({ messageId }: { messageId: string }) => failures.reset(messageId, now),
      giveUp: giveUp(client, `${url}-dlq`),
      now: clock,
      random: () => 0.5,
    };
    return consumer(deps, schema, handle);
  };

  const consumers: Readonly<Record<QueueName, (event: SQSEvent) => Promise<SQSBatchResponse>>> = {
    alerts: consume("alerts", alertAccepted, (...parts) => handleAlertMessages(wired, ...parts)),
    events: consume("events", incidentChanged, (bodies) =>
      onIncidentEvents(
        wired,
        bodies.map(({ event }) => event),
        now,
        new Map(bodies.flatMap(({ event, labels }) => (labels ? [[event.incidentId, labels] as const] : []))),
      ),
    ),
    notifications: consume("notifications", notificationDue, async (bodies) => {
      for (const { notificationId, ...message } of bodies) {
        await deliverNotification(wired, notificationId, message);
      }
    }),
    timers: consume("timers", timerDue, async (bodies) => {
      for (const { timer } of bodies) await fireTimer(wired, timer, now);
    }),
  };

  const isWorthwhile = async (stores: Pick<typeof wired, "notifications">, body: string) => {
    const message = readBody(notificationDue, body);
    return message !== undefined && (await isDeliveryPending(stores, message.notificationId));
  };

  const redriveNotifications = () =>
    redriveOnce(client, {
      deadLetters: "notifications-dlq",
      queue: "notifications",
      isWorthwhile: (body) => isWorthwhile(wired, body),
      clock,
    });

  /** Delivers one batch of a queue to its consumer. @returns true if there was one */
  async function deliverOne(name: QueueName, batchSize = 10): Promise<boolean> {
    const queue = sqs.queue(name);
    const records = queue.receive(batchSize);
    if (records.length === 0) return false;
    const { batchItemFailures } = await consumers[name]({ Records: records });
    // A crashed consumer deleted nothing. Its messages reappear after their visibility timeout.
    if (faults.revive()) return true;
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    queue.remove(records.filter(({ messageId }) => !failed.has(messageId)));
    return true;
  }

  /**
   * Delivers visible messages until there are none.
   *
   * @param choose selects queue and batch size
   * @param onDelivered called after each batch
   */
  async function pump(choose?: Choose, onDelivered?: () => void): Promise<void> {
    for (let idle = new Set<QueueName>(); idle.size < queueNames.length; ) {
      const names = queueNames.filter((name) => !idle.has(name));
      const name = names[choose?.(names.length) ?? 0] ?? "alerts";
      if (await deliverOne(name, choose ? 1 + choose(10) : 10)) {
        onDelivered?.();
        idle = new Set();
      } else idle.add(name);
    }
  }

  /** Sends a request with an Idempotency-Key, repeated until it gets a response. Returns the body. */
  async function request(
    key: string,
    handle: (now: number, ulid: Ulid) => Promise<unknown>,
  ): Promise<StoredReply> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await handleOnce(
          wired.idempotency,
          { owner: "test", key, body: key, now, seed: key },
          async (at, ulid) => ({
            status: 200,
            body: JSON.stringify((await handle(at, ulid)) ?? null),
            location: null,
          }),
        );
      } catch (error) {
        faults.revive();
        if (tries === 10) throw error;
      }
    }
  }

  /** Records sweeps of idle minutes, which are skipped but count as run. */
  async function hadListened(): Promise<void> {
    await seen.downtime.save({ ...(await seen.downtime.load()), sweptAt: now - minutes(1) });
  }

  /** Runs the tasks of every minute. */
  async function sweep(): Promise<void> {
    if (!away) await hadListened();
    away = false;
    for (const run of [republishEvents, sweepTimers, sweepAlerts, redriveNotifications]) {
      await run(wired).catch((error) => {
        if (!(error instanceof Died)) wired.log.error("sweep failed", { error });
      });
      faults.revive();
    }
  }

  /** Returns the time of the first sweep at or after a time. */
  const sweepFrom = (at: number): number => sweepsAt + Math.ceil((at - sweepsAt) / minutes(1)) * minutes(1);

  /** Returns the time of the next sweep with work to do: pending events, lost timers, suppressed alerts, … */
  async function nextSweep(): Promise<number> {
    const { items: pending } = await seen.incidents.listWithPendingEvents(null);
    const { items: notes } = await seen.incidentEvents.listNotesToPublish(null);
    const [timer] = await seen.timers.due(endOfTime);
    const [held] = (await seen.suppressedAlerts.due(endOfTime, null)).items;
    const [ended] = (await seen.ruleStore.endedEarly(null)).items;
    const [pulse] = (await seen.heartbeats.due(endOfTime, null)).items;
    const fresh = sqs
      .queue("notifications-dlq")
      .messages.filter(({ attributes }) => !wasRedriven({ MessageAttributes: attributes }));
    const dead = await Promise.all(fresh.map(({ body }) => isWorthwhile(seen, body)));
    const dueAts = [
      dead.includes(true) ? now : null,
      pending.length + notes.length > 0 ? now : null,
      timer?.dueAt,
      held?.dueAt,
      ended?.endedAt,
      pulse?.wakeAt,
    ];
    return Math.min(
      ...dueAts.map((at) => at ?? Number.POSITIVE_INFINITY).map((at) => sweepFrom(Math.max(at, now + 1))),
    );
  }

  /**
   * Advances time to the end of the range or until no work is left, with retries and a sweep per minute.
   *
   * @param options.isOver asked, while there is nothing to do and nothing is remembered, for an early end
   * @param options.onDelivered called after each batch, while nothing that is remembered matters
   */
  async function settle(
    options: {
      within?: number;
      until?: number;
      choose?: Choose;
      isOver?: () => boolean;
      onDelivered?: (() => void) | undefined;
    } = {},
  ): Promise<void> {
    const deadline = options.until ?? now + (options.within ?? minutes(60));
    // Only the correlation of alerts looks at what is remembered.
    const onDelivered = () => {
      if (sqs.queue("alerts").messages.length === 0) options.onDelivered?.();
    };
    for (;;) {
      await pump(options.choose, options.onDelivered && onDelivered);
      const waiting = queueNames.flatMap((name) =>
        sqs.queue(name).messages.map(({ visibleAt }) => visibleAt),
      );
      // A visible but unhandled message waits for another of its group.
      const later = waiting.filter((visibleAt) => visibleAt > now);
      const sweepAt = await nextSweep();
      const next = Math.min(...later, sweepAt);
      if (next - now >= rememberedMs && options.isOver?.()) return;
      if (next > deadline) return;
      now = next;
      if (now === sweepAt) await sweep();
    }
  }

  return {
    options,
    state: (): State => ({ now, table: memory, sqs, drawn, pages }),
    /** Returns a text that only systems in the same state share. The numbers of IDs that were drawn on the way differ. */
    fingerprint(): string {
      const sent = pages.map(({ id }) => id).toSorted();
      const state = [now, memory.fingerprint(), sqs.fingerprint(), ...sent].join("\n");
      // Every second part is a number.
      const parts = state.split(drawnNumber);
      const numbers = [...new Set(parts.filter((_, index) => index % 2 === 1))].toSorted();
      const ranks = new Map(numbers.map((number, rank) => [number, `#${rank}`]));
      return sha256(parts.map((part, index) => (index % 2 === 1 ? ranks.get(part) : part)).join(""));
    },
    deps: wired,
    seen,
    faults,
    sqs,
    consumers,
    lines,
    /** Counts by `name label-values`. */
    counts,
    /** Calls of providers. */
    pages,
    /** Allows redelivering any message: see `MemoryQueue.duplicate`. */
    queue: (name: QueueName) => sqs.queue(name),
    now: () => now,
    advance(ms: number) {
      now += ms;
    },
    /** Advances to a time, unless it has passed. */
    waitUntil(at: number) {
      now = Math.max(now, at);
    },
    /** Queues alerts like the endpoint. */
    async receive(...drafts: AlertDraft[]): Promise<(Alert | undefined)[]> {
      return [...(await acceptAlerts({ ...wired, ulid: alertUlid }, drafts, now)).alerts];
    },
    request,
    deliverOne,
    pump,
    sweep,
    settle,
    /** Pauses all consumers and sweeps until a time. */
    isAwayUntil(at: number) {
      now = at;
      away = true;
    },
  };
}

function faultyTable(table: Table, { through }: Faults): Table {
  return {
    get: (key) => through("table", () => table.get(key)),
    getAll: (keys, options) => through("table", () => table.getAll(keys, options)),
    put: (put) => through("table", () => table.put(put)),
    putAll: (items) => through("table", () => table.putAll(items)),
    transact: (puts) => through("table", () => table.transact(puts)),
    remove: (key, condition) => through("table", () => table.remove(key, condition)),
    increment: (key, options) => through("table", () => table.increment(key, options)),
    query: (range) => through("table", () => table.query(range)),
    queryIndex: (index, range) => through("table", () => table.queryIndex(index, range)),
  };
}

/** Unreachable services are reported as network errors, which the producer distinguishes from bugs. */
function faultyClient(client: MemorySqs["client"], { through }: Faults): SQSClient {
  const unreachable = () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const send = (command: Parameters<SQSClient["send"]>[0]) =>
    through("queues", () => client.send(command), unreachable);
  return { send } as unknown as SQSClient;
}
