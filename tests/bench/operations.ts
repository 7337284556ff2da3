/** Operations in the life of an incident, run by the functions with metered clients. */
import type { Message } from "@aws-sdk/client-sqs";
import type { TestEmulators } from "../support/platform/platform.ts";
import { deliver, request, takeAll } from "./lambda-events.ts";
import { type Cost, metered, sentTo, sum } from "./meter.ts";

/** Alerts per request, and messages per delivery. */
export const alertsAtOnce = 10;

const draft = { service: "bench", severity: "high", message: "Latency above 500 ms" };

export type Operations = Awaited<ReturnType<typeof measureOperations>>;

/**
 * Measures the cost of one invocation each. Requires an installed meter and the emulators' environment.
 *
 * @param onCall true for a primary and a secondary; otherwise FALLBACK_EMAIL is paged and nothing escalates
 */
export async function measureOperations(
  { sqs, env }: Pick<TestEmulators, "sqs" | "env">,
  { onCall }: { readonly onCall: boolean },
) {
  const [
    receive,
    correlate,
    onEvent,
    notify,
    fire,
    acknowledge,
    resolve,
    list,
    sweep,
    republish,
    handoffs,
    sweepAlerts,
    redriveNotifications,
    plan,
    putService,
    sealAuditLog,
  ] = await Promise.all([
    import("../../functions/alerts/receive-alerts.ts"),
    import("../../functions/alerts/correlate-alerts.queue.ts"),
    import("../../functions/incidents/on-incident-event.queue.ts"),
    import("../../functions/notifications/deliver-notification.queue.ts"),
    import("../../functions/incidents/fire-timer.queue.ts"),
    import("../../functions/incidents/acknowledge-incident.ts"),
    import("../../functions/incidents/resolve-incident.ts"),
    import("../../functions/incidents/list-incidents.ts"),
    import("../../functions/incidents/sweep-timers.schedule.ts"),
    import("../../functions/incidents/republish-events.schedule.ts"),
    import("../../functions/oncall/schedules/send-handoff-notices.schedule.ts"),
    import("../../functions/alerts/sweep-alerts.schedule.ts"),
    import("../../functions/notifications/redrive-notifications.schedule.ts"),
    import("../../functions/oncall/schedules/create-schedule.ts"),
    import("../../functions/oncall/services/put-service.ts"),
    import("../../functions/access/seal-audit-log.schedule.ts"),
  ]);
  // Incidents of an earlier measurement have other keys.
  const alertOf = (key: string) => ({ ...draft, dedup_key: `${key}, on call: ${onCall}` });
  const alert = alertOf("bench");
  const take = (queue: string) => takeAll(sqs, env[`${queue}_QUEUE_URL`]);
  const post = (body: unknown) => metered(() => request(receive.handler, "POST", "/api/v1/alerts", body));
  const publish = async (): Promise<Cost> => {
    const events = await take("INCIDENT_EVENTS");
    return metered(() => deliver(onEvent.handler, events));
  };

  /** Opens an incident per key. */
  const open = async (...keys: string[]) => {
    const accepting = await post(keys.map(alertOf));
    const alerts = await take("ALERTS");
    const opening = await metered(() => deliver(correlate.handler, alerts));
    const deciding = await publish();
    const timers = sentTo(env.INCIDENT_TIMERS_QUEUE_URL);
    const pages = await take("NOTIFICATIONS");
    const sending = await metered(() => deliver(notify.handler, pages));
    return { accept: accepting, open: opening, decide: deciding, send: sending, timers };
  };
  /** Measured the second time, when the incident has its full size. */
  const correlated = async (count: number) => {
    await correlatedOnce(count);
    return correlatedOnce(count);
  };
  const correlatedOnce = async (count: number) => {
    const accepting = await post(Array.from({ length: count }, () => alert));
    const alerts = await take("ALERTS");
    return { accepting, correlating: await metered(() => deliver(correlate.handler, alerts)) };
  };

  const members = ["primary", "secondary"].map((role) => ({
    name: role,
    email: `${role}@example.com`,
    role,
  }));
  if (onCall) {
    const schedule = { team: alert.service, rotation_type: "weekly", members };
    await request(plan.handler, "POST", "/api/v1/schedules", schedule);
  }
  await open("warm-up"); // includes loading the configuration
  const byAlert = async (action: string) => {
    await post({ ...alertOf("warm-up"), action });
    const alerts = await take("ALERTS");
    const answering = await metered(() => deliver(correlate.handler, alerts));
    await publish();
    return answering;
  };
  const acknowledgingByAlert = await byAlert("acknowledge");
  const resolvingByAlert = await byAlert("resolve");
  const { timers: _, ...openedAgain } = await open("warm-up");
  const { timers: __, ...openedMany } = await open(
    ...Array.from({ length: alertsAtOnce }, (___, n) => `burst ${n}`),
  );
  const { timers, ...opened } = await open("bench");
  const many = await correlated(alertsAtOnce);
  const one = await correlated(1);

  const newest = await request(list.handler, "GET", "/api/v1/incidents?limit=1");
  const [incident] = newest.incidents as { id: string }[];
  const answer = (handler: typeof acknowledge.handler, what: string) =>
    metered(() => request(handler, "PATCH", `/api/v1/incidents/${incident?.id}/${what}`, { actor: "ada" }));
  const acknowledging = await answer(acknowledge.handler, "acknowledge");
  const afterAcknowledging = await publish();
  // Sent with the page and fired after the incident was acknowledged.
  const due = timers.map((Body): Message => ({ MessageId: Body, ReceiptHandle: Body, Body }));
  const firing = await metered(() => deliver(fire.handler, due));
  const resolving = await answer(resolve.handler, "resolve");
  const afterResolving = await publish();

  const configure = () => request(putService.handler, "PUT", "/api/v1/services/bench", { team: "bench" });
  await configure();
  await sealAuditLog.handler(); // entries of the changes so far
  const changing = await metered(configure);
  const sealing = await metered(() => sealAuditLog.handler());

  await sweepAlerts.handler(); // its item exists from the first run on
  return {
    ...opened,
    openAgain: sum(Object.values(openedAgain)),
    openMany: sum(Object.values(openedMany)),
    correlateOne: one.correlating,
    acceptMany: many.accepting,
    correlateMany: many.correlating,
    acknowledgeByAlert: acknowledgingByAlert,
    resolveByAlert: resolvingByAlert,
    acknowledge: acknowledging,
    publishAcknowledged: afterAcknowledging,
    fireTimer: firing,
    resolve: resolving,
    publishResolved: afterResolving,
    sweepTimers: await metered(() => sweep.handler()),
    republishEvents: await metered(() => republish.handler()),
    sendHandoffNotices: await metered(() => handoffs.handler()),
    sweepAlerts: await metered(() => sweepAlerts.handler()),
    redriveNotifications: await metered(() => redriveNotifications.handler()),
    changeConfiguration: changing,
    sealEntry: sealing,
    sealAuditLog: await metered(() => sealAuditLog.handler()),
  };
}
