import { emailAddressOf } from "../../domain/access/contact.ts";
import { isPseudonym } from "../../domain/access/forget/pseudonym.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { limits } from "../../domain/limits.ts";
import { type Notification, newNotification } from "../../domain/notifications/notification.ts";
import type { TeamChannel } from "../../domain/notifications/team-channel.ts";
import { isUserGroup } from "../../domain/notifications/user-group.ts";
import { type Handoff, handoffsBetween } from "../../domain/oncall/coverage.ts";
import { onCallAt } from "../../domain/oncall/on-call.ts";
import { onCallRoles, type Schedule } from "../../domain/oncall/schedule.ts";
import { minuteMs } from "../../domain/time-units.ts";
import { allItems } from "../all-items.ts";
import { type QueueNotificationsDeps, queueNotifications } from "../notifications/queue-notifications.ts";
import type { UserStore } from "../ports/access.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { TeamChannelStore } from "../ports/notifications.ts";
import type { ScheduleStore, TeamSchedule } from "../ports/oncall.ts";
import type { Clock, Digest, Log } from "../ports/system.ts";

interface HandoffDeps extends QueueNotificationsDeps {
  readonly schedules: ScheduleStore;
  readonly users: UserStore;
  readonly incidents: IncidentStore;
  readonly teamChannels: Pick<TeamChannelStore, "find">;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly log: Log;
}

/** Handoffs within this time are handled, to cover missed runs. */
const lookBackMs = 10 * minuteMs;
/** Incidents listed in a notice. */
const namedIncidents = 20;

/**
 * Sends notices of recent handoffs, each once, and lets the team's user groups follow the schedule. A failure of one team
 * does not affect others.
 */
export async function sendHandoffNotices(deps: HandoffDeps): Promise<void> {
  const schedules = allItems((after) => deps.schedules.listWithNotices({ limit: limits.pageSize, after }));
  for await (const schedule of schedules) {
    try {
      await tellHandoffs(deps, schedule, deps.clock());
    } catch (error) {
      deps.log.error("handoff notice not sent", { team: schedule.team, error });
    }
  }
}

async function tellHandoffs(deps: HandoffDeps, schedule: Schedule, now: number): Promise<void> {
  const from = now - lookBackMs;
  const team = await deps.schedules.load(schedule.team, from);
  if (!team) return;
  const handoffs = handoffsBetween(team.history, schedule.timezone, from, now + 1).filter(
    // Skips handoffs before notices were enabled.
    ({ at }) => at >= schedule.updatedAt,
  );
  if (handoffs.length === 0) return;
  const open = await openIncidents(deps, schedule.team);
  const users = await deps.users.findAll(peopleOf(handoffs));
  // People who hand off both roles at once get one notice.
  const notices = [...Map.groupBy(handoffs, ({ at }) => at).values()].flatMap((together) =>
    peopleOf(together).map((email) => {
      const user = users.find((found) => found.email === email);
      return noticeTo(email, emailAddressOf(email, user), schedule.team, together, open, deps.digest);
    }),
  );
  const groups = (await deps.teamChannels.find(schedule.team)).filter(isUserGroup);
  const last = Math.max(...handoffs.map(({ at }) => at));
  const updates = groups.flatMap((group) => updateOf(group, team, schedule.team, last, deps.digest));
  await queueNotifications(deps, [...notices, ...updates], now);
}

/**
 * Returns the message that makes the people on call the members of a user group; none if no one is on call. Its text says
 * who they were at the handoff. The channel reads who they are when it is delivered.
 */
function updateOf(
  { channel, address }: TeamChannel,
  { history }: TeamSchedule,
  team: string,
  at: number,
  digest: Digest,
): readonly Notification[] {
  const people = onCallRoles
    .flatMap((role) => onCallAt(history, role, at).person ?? [])
    .filter(({ email }) => !isPseudonym(email));
  const emails = [...new Set(people.map(({ email }) => email))];
  if (emails.length === 0) return [];
  const update = newNotification({
    id: idPrefixes.notification + digest(JSON.stringify(["user_group", team, at, address, emails])),
    kind: "handoff",
    incidentId: null,
    channel,
    recipient: `team:${team}`,
    address,
    message: `On call for ${team}: ${[...new Set(people.map(({ name }) => name))].join(", ")}`,
    severity: null,
    metadata: { team },
    createdAt: at,
  });
  return [update];
}

function peopleOf(handoffs: readonly Handoff[]): string[] {
  return [...new Set(handoffs.flatMap(({ from, to }) => [from, to]))].filter(
    (email): email is string => email !== null && !isPseudonym(email),
  );
}

async function openIncidents({ incidents }: HandoffDeps, team: string): Promise<readonly Incident[]> {
  const pages = await Promise.all(
    (["open", "acknowledged"] as const).map((status) =>
      incidents.list({ team, status }, { limit: namedIncidents, after: null }),
    ),
  );
  return pages.flatMap(({ items }) => items);
}

/** @param handoffs all at the same time */
function noticeTo(
  recipient: string,
  address: string,
  team: string,
  handoffs: readonly Handoff[],
  open: readonly Incident[],
  digest: Digest,
): Notification {
  const at = handoffs[0]?.at ?? 0;
  return newNotification({
    id: idPrefixes.notification + digest(JSON.stringify(["handoff", team, at, recipient])),
    kind: "handoff",
    incidentId: null,
    channel: "email",
    recipient,
    address,
    message: messageOf(team, handoffs, open),
    severity: null,
    metadata: { team },
    createdAt: at,
  });
}

function messageOf(team: string, handoffs: readonly Handoff[], open: readonly Incident[]): string {
  const changes = handoffs.map(({ role, from, to }) =>
    to === null
      ? `${team}, ${role}: no one takes over from ${from}`
      : `${team}, ${role}: ${to} takes over${from === null ? "" : ` from ${from}`}`,
  );
  const incidents = open
    .slice(0, namedIncidents)
    .map(({ number, status, title }) => `#${number} (${status}) ${title}`);
  return [
    ...changes,
    ...(incidents.length === 0 ? ["No open incidents."] : ["Open incidents:", ...incidents]),
  ].join("\n");
}
