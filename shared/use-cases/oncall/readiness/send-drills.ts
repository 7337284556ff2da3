import { type Destination, emailAddressOf, type User } from "../../../domain/access/contact.ts";
import { StaleVersion } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { limits } from "../../../domain/limits.ts";
import { type Notification, newNotification } from "../../../domain/notifications/notification.ts";
import { isUserGroup } from "../../../domain/notifications/user-group.ts";
import {
  contactsOfDrill,
  type Drill,
  drillWeekAt,
  isInDrill,
  isPending,
  nextPerson,
} from "../../../domain/oncall/drill.ts";
import { minuteMs } from "../../../domain/time-units.ts";
import { allItems } from "../../all-items.ts";
import { type QueueNotificationsDeps, queueNotifications } from "../../notifications/queue-notifications.ts";
import { fallbacksAfter } from "../../notifications/send-pages.ts";
import type { UserStore } from "../../ports/access.ts";
import type { TeamChannelStore } from "../../ports/notifications.ts";
import type { DrillStore, ScheduleStore } from "../../ports/oncall.ts";
import type { Clock, Digest, Log } from "../../ports/system.ts";
import { type HasIncidentDeps, hasIncident } from "./has-incident.ts";

export interface SendDrillsDeps extends QueueNotificationsDeps, Pick<HasIncidentDeps, "incidents"> {
  readonly schedules: Pick<ScheduleStore, "listTeamsWithDrills" | "load">;
  readonly users: Pick<UserStore, "find">;
  readonly teamChannels: Pick<TeamChannelStore, "find">;
  readonly drills: DrillStore;
  readonly hasProvider: (method: Destination) => boolean;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly log: Log;
}

/** Drills start at multiples of this, which hours are in every time zone. */
const stepMs = 15 * minuteMs;
/** Runs within this time handle a start, to cover a missed run. */
const lookBackMs = 3 * minuteMs;

/**
 * Starts the weekly drill of each team that wants one, and reports those that were not answered. A failure of one team does
 * not affect others. After a crash, the next run does what is left: a drill is stored before its pages are queued, and its
 * notifications have IDs of its own.
 *
 * In three of fifteen minutes, it reads half a unit for the names of teams with drills and one unit for each. While a team's
 * drill of this week has not started, it also reads the schedule, the next person, and up to 50 of their notifications with
 * the incidents. It reads these again while a drill waits for its answer.
 */
export async function sendDrills(deps: SendDrillsDeps): Promise<void> {
  const now = deps.clock();
  const at = Math.floor(now / stepMs) * stepMs;
  if (now - at >= lookBackMs) return;
  const teams = allItems((after) => deps.schedules.listTeamsWithDrills({ limit: limits.pageSize, after }));
  for await (const team of teams) {
    try {
      await drill(deps, team, at, now);
    } catch (error) {
      // Another run was faster.
      if (!(error instanceof StaleVersion)) deps.log.error("drill not sent", { team, error });
    }
  }
}

async function drill(deps: SendDrillsDeps, team: string, at: number, now: number): Promise<void> {
  const known = await deps.drills.find(team);
  if (known && isPending(known)) {
    if (await hasIncident(deps, known.email, known.startedAt)) return cancel(deps, known, now);
    return now < known.answerBy ? queuePages(deps, known, now) : reportMissed(deps, known, now);
  }
  const loaded = await deps.schedules.load(team, at, { stale: true });
  const person = loaded?.schedule ? nextPerson(loaded.history, at) : undefined;
  if (!person || !loaded?.schedule) return;
  const user = await deps.users.find(person.email);
  const week = drillWeekAt(at, user?.timezone ?? loaded.schedule.timezone);
  if (week === undefined || (known && known.week >= week)) return;
  if (contactsOfDrill(person.email, user, deps.hasProvider).length === 0) return;
  if (await hasIncident(deps, person.email, now)) return;
  const started: Drill = {
    team,
    week,
    email: person.email,
    startedAt: at,
    answerBy: at + limits.drillSeconds * 1_000,
    answeredAt: null,
    missedAt: null,
    canceledAt: null,
    version: known?.version ?? 0,
  };
  await deps.drills.save(started, known);
  deps.log.info("drill started", { team, week });
  await queueNotifications(deps, pagesOf(deps, started, user), now);
}

/** Queues the pages of a drill whose start may have crashed. Those that were sent are not sent again. */
async function queuePages(deps: SendDrillsDeps, started: Drill, now: number): Promise<void> {
  if (now - started.startedAt >= 2 * stepMs) return;
  await queueNotifications(deps, pagesOf(deps, started, await deps.users.find(started.email)), now);
}

/** Returns the pages of a drill: those that a page would send until the drill ends, to contact methods with a provider. */
function pagesOf(
  { digest, hasProvider }: Pick<SendDrillsDeps, "digest" | "hasProvider">,
  { team, week, email, startedAt }: Drill,
  user: User | undefined,
): Notification[] {
  const contacts = contactsOfDrill(email, user, hasProvider).map(({ method, delaySeconds }) => {
    const decision = ["drill", team, week, email, method.channel, method.address, delaySeconds];
    return { pageId: idPrefixes.notification + digest(JSON.stringify(decision)), method, delaySeconds };
  });
  return contacts.flatMap((contact, index) =>
    isInDrill(contact)
      ? newNotification({
          id: contact.pageId,
          kind: "drill",
          incidentId: null,
          channel: contact.method.channel,
          recipient: email,
          address: contact.method.address,
          message: `Drill: acknowledge to show that pages reach you\nThis is the weekly drill of ${team}. There is no incident.`,
          severity: null,
          metadata: { team, drill: week },
          createdAt: startedAt,
          dueAt: startedAt + contact.delaySeconds * 1_000,
          fallbacks: fallbacksAfter(contacts, index),
        })
      : [],
  );
}

/** Ends a drill without a result. The page about the incident shows what the drill would have. */
async function cancel({ drills, log }: SendDrillsDeps, pending: Drill, now: number): Promise<void> {
  await drills.save({ ...pending, canceledAt: now }, pending);
  log.info("drill canceled", { team: pending.team, week: pending.week });
}

/** Notifies the person by email, and the team's channels. No one is paged. */
async function reportMissed(deps: SendDrillsDeps, missed: Drill, now: number): Promise<void> {
  const { team, week, email } = missed;
  const [user, channels] = await Promise.all([deps.users.find(email), deps.teamChannels.find(team)]);
  const minutes = limits.drillSeconds / 60;
  const notice = (channel: string, address: string, recipient: string, message: string) =>
    newNotification({
      id:
        idPrefixes.notification + deps.digest(JSON.stringify(["missed drill", team, week, channel, address])),
      kind: recipient === email ? "message" : "announcement",
      incidentId: null,
      channel,
      recipient,
      address,
      message,
      severity: null,
      metadata: { team },
      createdAt: missed.answerBy,
    });
  const toPerson = `You missed the drill of ${team}\nIt was not answered within ${minutes} minutes. Check your contact methods and notification rules on your page under Settings, Users.`;
  const toTeam = `Missed drill: ${user?.name ?? email} did not answer within ${minutes} minutes.`;
  const notices = [
    notice("email", emailAddressOf(email, user), email, toPerson),
    ...channels
      .filter((channel) => !isUserGroup(channel))
      .map(({ channel, address }) => notice(channel, address, `team:${team}`, toTeam)),
  ];
  await queueNotifications(deps, notices, now);
  await deps.drills.save({ ...missed, missedAt: now }, missed);
  deps.log.warn("drill missed", { team, week });
}
