/** Outcome of a run that must be the same regardless of injected faults. */
import { expect } from "vitest";
import type { RecordedAlert } from "../../../shared/domain/alerts/alert.ts";
import { firstPassOf, type Incident } from "../../../shared/domain/incidents/incident.ts";
import type { IncidentEvent } from "../../../shared/domain/incidents/incident-event.ts";
import type { Notification } from "../../../shared/domain/notifications/notification.ts";
import type { IncidentEventStore } from "../../../shared/use-cases/ports/incidents.ts";
import type { Page, PageRequest } from "../../../shared/use-cases/ports/page.ts";
import { queueNames, type TestSystem } from "./system.ts";

async function readAll<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page<T> = await list({ limit: 200, after });
    items.push(...page.items);
    if (page.next === null) return items.toReversed();
    after = page.next;
  }
}

/** Everything that a run recorded. */
interface Records {
  readonly alerts: readonly RecordedAlert[];
  readonly incidents: readonly Incident[];
  readonly histories: ReadonlyMap<string, Awaited<ReturnType<IncidentEventStore["history"]>>>;
  readonly notifications: readonly Notification[];
}

async function readRecords({ seen }: TestSystem): Promise<Records> {
  const incidents = await readAll((page) => seen.incidents.list({}, page));
  const histories = await Promise.all(
    incidents.map(async ({ id }) => [id, await seen.incidentEvents.history(id)] as const),
  );
  return {
    alerts: await readAll((page) => seen.alerts.list({}, page)),
    incidents,
    histories: new Map(histories),
    notifications: await readAll((page) => seen.notifications.list({}, page)),
  };
}

/** All that is checked at the end of a run. */
export type End = Awaited<ReturnType<typeof endOf>>;

export async function endOf(system: TestSystem) {
  const records = await readRecords(system);
  return {
    ...(await summaryOf(system, records)),
    pages: pagesIn(records),
    violations: await violationsOf(system, records),
  };
}

/**
 * Returns alerts, incidents and webhook messages without parts that may differ: numbers, versions, and times
 * of delayed work.
 */
export async function outcomeOf(system: TestSystem) {
  return summaryOf(system, await readRecords(system));
}

async function summaryOf({ seen }: TestSystem, { alerts, incidents, histories }: Records) {
  const { items: webhooks } = await seen.webhooks.list("checkout", { limit: 200, after: null });
  return {
    webhooks: webhooks.map(({ id, enabled }) => ({ id, enabled })),
    alerts: alerts.map(({ id, outcome, incidentId }) => ({ id, outcome, incidentId })),
    incidents: incidents.map((incident) => {
      const { events = [], notes = [] } = histories.get(incident.id) ?? {};
      const { number: _, version: __, updatedAt: ___, countedAlerts: ____, ...rest } = incident;
      return {
        ...rest,
        events: events.map(summaryOfEvent).toSorted(),
        notes: notes.map(({ content }) => content),
      };
    }),
  };
}

/** Summarizes an event. Escalations may be late. */
function summaryOfEvent(event: IncidentEvent): string {
  switch (event.type) {
    case "paging":
      return `${positionOf(event)} at ${event.at}`;
    case "escalated":
      return event.manual ? `manual ${positionOf(event)} at ${event.at}` : positionOf(event);
    case "escalation_exhausted":
    case "coverage_gap":
      return event.type;
    default:
      return `${event.type} at ${event.at}`;
  }
}

type Paging = IncidentEvent & { type: "paging" | "escalated" };

function positionOf({ type, team, pass, level, recipients }: Paging): string {
  return `${type} ${team} ${pass}.${level} ${recipients.map(({ email }) => email).join()}`;
}

/** Returns pages by recipient, incident, round and level. Faults may change which of them share a message. */
export async function pagesOf(system: TestSystem): Promise<string[]> {
  return pagesIn(await readRecords(system));
}

function pagesIn({ notifications }: Records): string[] {
  return notifications
    .filter(({ kind }) => kind !== "bundle")
    .map((page) => `${decisionOf(page)} ${page.status}`)
    .toSorted();
}

function decisionOf(notification: Notification): string {
  const { incidentId, metadata, channel, recipient } = notification;
  return `${incidentId} ${metadata.event ?? placeOf(notification)} ${channel} ${recipient}`;
}

/** Returns the request for responders, or the position in the policy, that decided on a page. */
function placeOf({ metadata: { request, pass, level } }: Notification): string {
  return String(request ?? `${pass}.${level}`);
}

/** Checks invariants at the end of every run. */
export async function expectSound(system: TestSystem): Promise<void> {
  // One assertion, since thousands of runs are checked.
  expect(await violationsOf(system, await readRecords(system))).toEqual([]);
}

/** Returns the violated invariants in words. */
async function violationsOf(system: TestSystem, records: Records): Promise<string[]> {
  const { seen } = system;
  const { alerts, incidents, notifications } = records;
  const repeatedNumbers = incidents.length - new Set(incidents.map(({ number }) => number)).size;
  return [
    ...queueNames.flatMap((name) => [
      ...system.queue(name).messages.map(({ body }) => `${name} waiting: ${body}`),
      ...system.sqs.queue(`${name}-dlq`).messages.map(({ body }) => `${name} given up: ${body}`),
    ]),
    ...(await seen.timers.due(Date.UTC(9_000, 0))).map((timer) => `timer left: ${JSON.stringify(timer)}`),
    ...(await seen.suppressedAlerts.due(Date.UTC(9_000, 0), null)).items.map(
      (held) => `alert held back: ${JSON.stringify(held)}`,
    ),
    ...(repeatedNumbers > 0 ? [`${repeatedNumbers} numbers of incidents are repeated`] : []),
    ...incidents.flatMap((incident) => countViolations(incident, alerts, incidents)),
    ...incidents.flatMap((incident) => decisionViolations(incident, records)),
    ...notifications.flatMap((notification) => attemptViolations(system, notification)),
    ...bundleViolations(notifications),
  ];
}

/** A page in a message is in one message, and says so. */
function bundleViolations(notifications: readonly Notification[]): string[] {
  const names = notifications
    .filter(({ kind, status }) => kind === "bundle" && status === "sent")
    .flatMap(({ id, bundled }) => bundled.map(({ pageId }) => ({ id, pageId })));
  const timesNamed = Map.groupBy(names, ({ pageId }) => pageId);
  return notifications.flatMap(({ id, status, bundledInto }) => {
    const ids = timesNamed.get(id)?.map((bundle) => bundle.id) ?? [];
    if (status === "suppressed" && bundledInto !== null) return [`${id}: suppressed, but in ${bundledInto}`];
    const expected = bundledInto !== null && status === "sent" ? [bundledInto] : [];
    return ids.join() === expected.join() ? [] : [`${id}: ${status}, named in ${ids}, not in ${expected}`];
  });
}

function countViolations(
  incident: Incident,
  alerts: readonly RecordedAlert[],
  incidents: readonly Incident[],
): string[] {
  const { id, pendingEvents, alertCount, source, mergedInto } = incident;
  const own = alerts.filter(({ incidentId }) => incidentId === id);
  const openers = own.filter(({ outcome }) => outcome === "new_incident").length;
  const merged = new Set([id]);
  // An incident may be merged into one that is listed before it.
  for (const _ of incidents)
    for (const other of incidents) if (merged.has(other.mergedInto ?? "")) merged.add(other.id);
  const counted = alerts.filter(({ incidentId }) => merged.has(incidentId ?? "")).length;
  // An alert that was counted before a merge may be recorded after it.
  const isRight = mergedInto === undefined ? alertCount === counted : alertCount >= own.length;
  return [
    ...pendingEvents.map(({ type }) => `${id}: ${type} is not published`),
    ...(isRight ? [] : [`${id}: counts ${alertCount} of ${counted} alerts`]),
    ...(openers === (source === "manual" ? 0 : 1) ? [] : [`${id}: opened by ${openers} alerts`]),
  ];
}

/**
 * Allows a second call to the provider only if the first failed, or if its result was lost, which is
 * recorded.
 */
function attemptViolations(system: TestSystem, notification: Notification): string[] {
  const { id, status, attempts, bundledInto } = notification;
  // The message that names it has the provider's call.
  if (bundledInto !== null) return [];
  const sent = system.pages.filter((page) => page.id === id).length;
  const inDoubt = attempts.filter(({ detail }) => detail.startsWith("in doubt")).length;
  const accepted = attempts.filter(({ ok }) => ok).length;
  const isSound =
    (status !== "sent" || (accepted === 1 && sent >= 1)) &&
    sent <= attempts.length &&
    sent - 1 <= inDoubt + attempts.length - accepted;
  return isSound ? [] : [`${id} is ${status} after ${sent} calls: ${JSON.stringify(attempts)}`];
}

/**
 * Checks that each page was decided once and is in the timeline, and that each position of the policy was
 * reached once.
 */
function decisionViolations(incident: Incident, { histories, notifications }: Records): string[] {
  const { events = [] } = histories.get(incident.id) ?? {};
  const decided = events.flatMap((event): { place: string; recipients: Paging["recipients"] }[] => {
    switch (event.type) {
      case "paging":
      case "escalated":
        return [{ ...event, place: `${event.pass}.${event.level}` }];
      case "coverage_gap":
        return [{ ...event, place: `${event.pass ?? 1}.0` }];
      case "responders_requested":
        return [{ ...event, place: event.id }];
      default:
        return [];
    }
  });
  const places = decided.map(({ place }) => place);
  const notified = decided.flatMap(({ place, recipients }) =>
    recipients.map(({ email }) => `${place} ${email}`),
  );
  const own = notifications.filter(({ incidentId, kind }) => incidentId === incident.id && kind === "page");
  const pages = [...new Set(own.map((page) => `${placeOf(page)} ${page.recipient}`))];
  // A page may only be missing if the incident was acknowledged, also in an earlier round.
  const isOver = (page: string) => Number.parseInt(page, 10) < firstPassOf(incident);
  const missing =
    incident.status === "open" ? notified.filter((page) => !isOver(page) && !pages.includes(page)) : [];
  return [
    ...repeated(places).map((place) => `${incident.id}: reached ${place} twice`),
    ...repeated(own.map(decisionOf)).map((decision) => `${incident.id}: decided ${decision} twice`),
    ...pages
      .filter((page) => !notified.includes(page))
      .map((page) => `${incident.id}: ${page} in no timeline`),
    ...missing.map((page) => `${incident.id}: not paged ${page}`),
    ...(incident.status === "open" ? repeated(notified) : []).map(
      (page) => `${incident.id}: notified ${page} twice`,
    ),
  ];
}

const repeated = (texts: readonly string[]): string[] =>
  texts.filter((text, index) => texts.indexOf(text) !== index);
