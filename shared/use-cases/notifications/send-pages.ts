import { type Contact, contactsOf, sameWay, type User } from "../../domain/access/contact.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import {
  type Fallback,
  type Notification,
  newNotification,
} from "../../domain/notifications/notification.ts";
import type { Reached } from "../../domain/oncall/escalation.ts";
import type { UserStore } from "../ports/access.ts";
import type { Digest } from "../ports/system.ts";
import { type QueueNotificationsDeps, queueNotifications } from "./queue-notifications.ts";

export interface SendPagesDeps extends QueueNotificationsDeps {
  readonly users: UserStore;
  readonly digest: Digest;
}

/** Whom to page, and at which place of the policy and when that was decided. */
export interface PageDecision {
  readonly at: number;
  readonly level: number;
  readonly pass: number;
  readonly recipients: readonly Reached[];
  /** Whether these are the first pages of the incident: a storm holds none of them back. */
  readonly first: boolean;
  /** Whether somebody called for it: then an acknowledgement doesn't make it needless. */
  readonly byHand: boolean;
}

/** Pages people as each wants to be reached; carrying it out again pages nobody a second time. */
export async function sendPages(
  deps: SendPagesDeps,
  incident: Incident,
  decision: PageDecision,
  now: number,
): Promise<void> {
  const users = await deps.users.findAll(decision.recipients.map(({ email }) => email));
  const pages = decision.recipients.flatMap(({ email }) =>
    pagesTo(
      email,
      users.find((user) => user.email === email),
      incident,
      decision,
      deps.digest,
    ),
  );
  await queueNotifications(deps, pages, now);
}

function pagesTo(
  recipient: string,
  user: User | undefined,
  incident: Incident,
  decision: PageDecision,
  digest: Digest,
): Notification[] {
  const { at, level, pass, first, byHand } = decision;
  const ways = contactsOf(recipient, user).map(({ method, delaySeconds }) => ({
    pageId:
      idPrefixes.notification +
      digest(
        JSON.stringify([incident.id, pass, level, recipient, method.channel, method.address, delaySeconds]),
      ),
    method,
    delaySeconds,
  }));
  return ways.flatMap(({ pageId, method, delaySeconds }, index) =>
    delaySeconds === null
      ? []
      : newNotification({
          id: pageId,
          kind: "page",
          incidentId: incident.id,
          channel: method.channel,
          recipient,
          address: method.address,
          message: `#${incident.number} ${incident.title}`,
          severity: incident.severity,
          metadata: {
            incident_number: incident.number,
            service: incident.service,
            team: incident.team,
            level,
            pass,
          },
          createdAt: at,
          dueAt: at + delaySeconds * 1_000,
          cancelledBy: byHand ? "resolution" : "answer",
          mayBeBundled: !(first && index === 0),
          fallbacks: fallbacksAfter(ways, index),
        }),
  );
}

/** What comes after one way, each other way once. */
function fallbacksAfter(ways: readonly (Contact & Fallback)[], index: number): Fallback[] {
  return ways.slice(index + 1).flatMap(({ pageId, method }, offset, later) => {
    const before = [ways[index], ...later.slice(0, offset)];
    return before.some((way) => way && sameWay(way.method, method)) ? [] : { pageId, method };
  });
}
