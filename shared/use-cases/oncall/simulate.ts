import type { User } from "../../domain/access/contact.ts";
import type { ContactMethod } from "../../domain/notifications/notification.ts";
import { windowStart } from "../../domain/notifications/storm.ts";
import type { AnnouncedEvent } from "../../domain/notifications/team-channel.ts";
import { type Gap, gapsOfPolicy } from "../../domain/oncall/coverage.ts";
import {
  defaultPolicy,
  type EscalationPolicy,
  type EscalationPosition,
  type EscalationStep,
  firstPosition,
  positionAfter,
  stepFrom,
} from "../../domain/oncall/escalation.ts";
import type { ScheduleHistory } from "../../domain/oncall/on-call.ts";
import { fallbackCauses, type PageReason } from "../../domain/oncall/page-reason.ts";
import { type SimulatedPage, simulatedPages } from "../../domain/oncall/simulated-page.ts";
import type { UserStore } from "../ports/access.ts";
import type { PageCounter, TeamChannelStore } from "../ports/notifications.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import { loadOnce } from "./load-once.ts";
import { type OwnershipDeps, resolveOwnership } from "./resolve-ownership.ts";

export interface SimulateDeps extends OwnershipDeps {
  readonly schedules: ScheduleStore;
  readonly users: UserStore;
  readonly teamChannels: TeamChannelStore;
  readonly pageCounter: PageCounter;
  readonly pagesPerQuarterHour: number;
  readonly fallbackEmail: string;
}

/** A rule that would fire, with its time in epoch milliseconds. */
interface FiredStep extends EscalationStep {
  readonly at: number;
}

export interface SimulatedStep extends FiredStep {
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
const coverageMs = 30 * 86_400_000;

/**
 * Simulates who an incident of a service would page, how and when, with the steps of a real incident. Creates
 * nothing.
 *
 * @param owner team to use instead of the service's owner
 */
export async function simulate(
  deps: SimulateDeps,
  service: string,
  at: number,
  acknowledgedAt: number,
  owner?: string,
): Promise<Simulation> {
  const schedules = loadOnce(deps.schedules);
  const ownership = await resolveOwnership({ ...deps, schedules }, service, at);
  const team = owner ?? ownership.team;
  const { autoResolveSeconds } = ownership;
  const resolvesAt = autoResolveSeconds === null ? null : at + autoResolveSeconds * 1_000;
  const end = Math.min(acknowledgedAt, resolvesAt ?? Number.POSITIVE_INFINITY);
  const known = await schedules.load(team, at);
  const policy = known?.policy ?? defaultPolicy;
  const history = known?.history ?? null;
  const { steps, fallbackAt } = stepsOf(policy, history, at, end);
  const cause = steps.length === 0 ? fallbackCauses.noOneOnCall : fallbackCauses.noOneLeft;
  const reason: PageReason = { kind: "fallback", cause };
  const fallback = { name: null, email: deps.fallbackEmail, reason };
  const decisions = [
    ...steps.map((step, index) => ({ ...step, first: index === 0 })),
    ...(fallbackAt === null ? [] : [{ at: fallbackAt, recipients: [fallback], first: true }]),
  ];
  const emails = [...new Set(decisions.flatMap(({ recipients }) => recipients.map(({ email }) => email)))];
  const pages = simulatedPages(decisions, {
    users: await usersBy(deps, emails),
    counted: await countedBy(deps, emails, service, at),
    pagesPerQuarterHour: deps.pagesPerQuarterHour,
    end,
  });
  return {
    team,
    steps: steps.map((step, index) => ({ ...step, pages: pages[index] ?? [] })),
    fallback: fallbackAt === null ? null : { at: fallbackAt, pages: pages.at(-1) ?? [] },
    announcements: await announcementsOf(deps, team, [
      { event: "triggered", at },
      ...steps.slice(1).map((step) => ({ event: "escalated", at: step.at }) as const),
      { event: "acknowledged", at: acknowledgedAt < (resolvesAt ?? Infinity) ? acknowledgedAt : Infinity },
      { event: "resolved", at: resolvesAt ?? Infinity },
    ]),
    resolvesAt,
    gaps: gapsOfPolicy(history ?? { schedules: [], overrides: [] }, policy, at, at + coverageMs),
  };
}

async function usersBy({ users }: SimulateDeps, emails: readonly string[]): Promise<Map<string, User>> {
  return new Map((await users.findAll(emails)).map((user) => [user.email, user]));
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
): { readonly steps: readonly FiredStep[]; readonly fallbackAt: number | null } {
  const steps: FiredStep[] = [];
  let position: EscalationPosition | undefined = firstPosition;
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
