import { contactsOf, type User } from "../../domain/access/contact.ts";
import { urgencyFields } from "../../domain/incidents/incident-urgency.ts";
import type { UrgencySetting } from "../../domain/incidents/urgency.ts";
import { type Urgency, urgencies } from "../../domain/incidents/urgency-level.ts";
import type { ContactMethod } from "../../domain/notifications/notification.ts";
import type { PageWindow } from "../../domain/notifications/page-window.ts";
import { windowStart } from "../../domain/notifications/storm.ts";
import type { AnnouncedEvent } from "../../domain/notifications/team-channel.ts";
import { type Gap, gapsOfPolicy } from "../../domain/oncall/coverage.ts";
import {
  defaultPolicy,
  type EscalationPolicy,
  type EscalationPosition,
  type EscalationStep,
  firstPosition,
  isRepeat,
  positionAfter,
  stepFrom,
} from "../../domain/oncall/escalation.ts";
import type { ScheduleHistory } from "../../domain/oncall/on-call.ts";
import { fallbackCauses, type PageReason } from "../../domain/oncall/page-reason.ts";
import {
  methodKey,
  type SimulatedDecision,
  type SimulatedPage,
  simulatedPages,
} from "../../domain/oncall/simulated-page.ts";
import type { Severity } from "../../domain/severity.ts";
import { dayMs } from "../../domain/time-units.ts";
import type { UserStore } from "../ports/access.ts";
import type { PageCounter, PageWindowStore, TeamChannelStore } from "../ports/notifications.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import { loadOnce } from "./load-once.ts";
import { type OwnershipDeps, resolveOwnership } from "./services/resolve-ownership.ts";

export interface SimulateDeps extends OwnershipDeps {
  readonly schedules: ScheduleStore;
  readonly users: UserStore;
  readonly teamChannels: TeamChannelStore;
  readonly pageCounter: PageCounter;
  readonly pageWindows: PageWindowStore;
  readonly pagesPerQuarterHour: number;
  readonly bundlingMs: number;
  readonly fallbackEmail: string;
}

/** A rule that would fire, with its time in epoch milliseconds. */
interface FiredStep extends EscalationStep {
  readonly at: number;
}

/** Steps of one urgency, until another round begins or the incident is answered. */
interface Round {
  readonly urgency: Urgency;
  readonly steps: readonly FiredStep[];
  readonly fallbackAt: number | null;
  readonly until: number;
}

/** The incident to simulate. */
interface Simulated {
  readonly service: string;
  readonly severity: Severity;
  /** Team to use instead of the service's owner. */
  readonly team?: string | undefined;
  /** Urgency to use instead of the service's. */
  readonly urgency?: UrgencySetting | undefined;
}

export interface SimulatedStep extends FiredStep {
  readonly urgency: Urgency;
  readonly pages: readonly SimulatedPage[];
}

/** An announcement that one of the team's channels would receive. */
export interface SimulatedAnnouncement {
  readonly at: number;
  readonly event: AnnouncedEvent;
  readonly channel: ContactMethod;
}

export interface Simulation {
  readonly team: string;
  /** Urgency when it opens. */
  readonly urgency: Urgency;
  /** Time at which hours make a low urgency high; null for never. */
  readonly raisesAt: number | null;
  /** Steps that would fire, in order. */
  readonly steps: readonly SimulatedStep[];
  /** Pages of the fallback address if no remaining rule reaches anyone; otherwise null. */
  readonly fallback: { readonly at: number; readonly pages: readonly SimulatedPage[] } | null;
  readonly announcements: readonly SimulatedAnnouncement[];
  /** Time of automatic resolution if no other alert arrives; null for never. */
  readonly resolvesAt: number | null;
  readonly gaps: readonly Gap[];
}

/** Range that is checked for coverage gaps. */
const coverageMs = 30 * dayMs;

/**
 * Simulates who an incident of a service would page, how and when, with the steps of a real incident. Creates
 * nothing.
 */
export async function simulate(
  deps: SimulateDeps,
  { service, severity, ...routed }: Simulated,
  at: number,
  acknowledgedAt: number,
): Promise<Simulation> {
  const schedules = loadOnce(deps.schedules);
  const ownership = await resolveOwnership({ ...deps, schedules }, service, at);
  const team = routed.team ?? ownership.team;
  const { autoResolveSeconds } = ownership;
  const resolvesAt = autoResolveSeconds === null ? null : at + autoResolveSeconds * 1_000;
  const end = Math.min(acknowledgedAt, resolvesAt ?? Number.POSITIVE_INFINITY);
  const known = await schedules.load(team, at);
  const policy = known?.policy ?? defaultPolicy;
  const history = known?.history ?? null;
  const { urgency = "high", raisesAt = null } = urgencyFields(
    routed.urgency ?? ownership.urgency,
    severity,
    at,
  );
  const rounds = roundsOf(policy, history, { urgency, raisesAt, at }, end);
  const decisions = rounds.flatMap((round) => decisionsOf(round, deps.fallbackEmail));
  const emails = [...new Set(decisions.flatMap(({ recipients }) => recipients.map(({ email }) => email)))];
  const users = await usersBy(deps, emails);
  const pages = simulatedPages(decisions, {
    users,
    counted: await countedBy(deps, emails, service, at),
    windows: await windowsBy(deps, emails, users),
    pagesPerQuarterHour: deps.pagesPerQuarterHour,
    bundlingMs: deps.bundlingMs,
  });
  const paged = decisions.map((decision, index) => ({ ...decision, pages: pages[index] ?? [] }));
  const fallbacks = paged.filter(({ step }) => step === null);
  return {
    team,
    urgency,
    raisesAt,
    steps: paged.flatMap(({ step, urgency, pages }) => (step ? { ...step, urgency, pages } : [])),
    fallback: fallbacks[0] ? { at: fallbacks[0].at, pages: fallbacks.flatMap(({ pages }) => pages) } : null,
    announcements: await announcementsOf(deps, team, [
      { event: "triggered", at },
      ...rounds.flatMap(({ steps }) =>
        steps.slice(1).map((step) => ({ event: "escalated", at: step.at }) as const),
      ),
      { event: "acknowledged", at: acknowledgedAt < (resolvesAt ?? Infinity) ? acknowledgedAt : Infinity },
      { event: "resolved", at: resolvesAt ?? Infinity },
    ]),
    resolvesAt,
    gaps: gapsOfPolicy(history ?? { schedules: [], overrides: [] }, policy, at, at + coverageMs),
  };
}

interface Decision extends SimulatedDecision {
  /** Null for the fallback address. */
  readonly step: FiredStep | null;
}

/** Returns the decisions of a round to page someone, in order. */
function decisionsOf(round: Round, fallbackEmail: string): Decision[] {
  const { steps, fallbackAt, urgency, until } = round;
  const cause = steps.length === 0 ? fallbackCauses.noOneOnCall : fallbackCauses.noOneLeft;
  const reason: PageReason = { kind: "fallback", cause };
  const recipients = [{ name: null, email: fallbackEmail, reason }];
  return [
    ...steps.map((step) => ({ ...step, step, urgency, until, isRepeat: isRepeat(step.position) })),
    ...(fallbackAt === null
      ? []
      : [{ at: fallbackAt, recipients, step: null, urgency, until, isRepeat: false }]),
  ];
}

/**
 * Returns the rounds of an incident: one, or for a low urgency that hours raise a single step, and the whole policy
 * when they begin.
 */
function roundsOf(
  policy: EscalationPolicy,
  history: ScheduleHistory | null,
  opening: { readonly urgency: Urgency; readonly raisesAt: number | null; readonly at: number },
  answeredAt: number,
): Round[] {
  const { urgency, raisesAt, at } = opening;
  if (urgency === "high")
    return [{ urgency, ...stepsOf(policy, history, at, answeredAt), until: answeredAt }];
  const step = stepFrom(policy, firstPosition, history, at);
  const waiting = {
    urgency,
    steps: step ? [{ ...step, nextAt: null, at }] : [],
    fallbackAt: step ? null : at,
    until: Math.min(raisesAt ?? answeredAt, answeredAt),
  };
  if (raisesAt === null || raisesAt >= answeredAt) return [waiting];
  const raised = stepsOf(policy, history, raisesAt, answeredAt, secondRound);
  return [waiting, { urgency: "high", ...raised, until: answeredAt }];
}

const secondRound: EscalationPosition = { level: 1, pass: 2, firstPass: 2 };

async function usersBy({ users }: SimulateDeps, emails: readonly string[]): Promise<Map<string, User>> {
  return new Map((await users.findAll(emails)).map((user) => [user.email, user]));
}

/** Reads the windows of all contact methods, which costs a read unit each. */
async function windowsBy(
  { pageWindows }: SimulateDeps,
  emails: readonly string[],
  users: ReadonlyMap<string, User>,
): Promise<Map<string, PageWindow>> {
  const methods = emails.flatMap((recipient) =>
    urgencies.flatMap((urgency) =>
      contactsOf(recipient, users.get(recipient), urgency).map(({ method }) => ({ recipient, method })),
    ),
  );
  const windows = await Promise.all(
    methods.map(async ({ recipient, method }) => {
      const window = await pageWindows.find({ ...method, recipient });
      return window ? ([[methodKey(recipient, method), window]] as const) : [];
    }),
  );
  return new Map(windows.flat());
}

/** Reads how many pages people received about the service in the current 15-minute window. */
async function countedBy(
  { pageCounter }: SimulateDeps,
  emails: readonly string[],
  service: string,
  at: number,
): Promise<Map<string, number>> {
  const since = windowStart(at);
  const counts = await Promise.all(emails.map((email) => pageCounter.read(email, service, since)));
  return new Map(emails.map((email, index) => [email, counts[index] ?? 0]));
}

async function announcementsOf(
  { teamChannels }: SimulateDeps,
  team: string,
  events: readonly { readonly event: AnnouncedEvent; readonly at: number }[],
): Promise<SimulatedAnnouncement[]> {
  const channels = await teamChannels.find(team);
  return events
    .filter(({ at }) => Number.isFinite(at))
    .toSorted((a, b) => a.at - b.at)
    .flatMap(({ event, at }) =>
      channels.flatMap(({ events, ...channel }) => (events.includes(event) ? { at, event, channel } : [])),
    );
}

/** Returns the steps of an incident that opens at one time and is acknowledged at another. */
export function stepsOf(
  policy: EscalationPolicy,
  history: ScheduleHistory | null,
  at: number,
  answeredAt: number,
  from: EscalationPosition = firstPosition,
): { readonly steps: readonly FiredStep[]; readonly fallbackAt: number | null } {
  const steps: FiredStep[] = [];
  let position: EscalationPosition | undefined = from;
  // The first page is decided as the incident opens, before any acknowledgement.
  for (let now = at; position; ) {
    const step = stepFrom(policy, position, history, now);
    if (!step) return { steps, fallbackAt: now };
    steps.push({ ...step, at: now });
    if (step.nextAt === null || step.nextAt >= answeredAt) break;
    position = positionAfter(policy, step.position);
    now = step.nextAt;
  }
  return { steps, fallbackAt: null };
}
