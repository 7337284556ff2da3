import type { ApiKeyUse } from "../../../domain/access/api-key.ts";
import { emailAddressOf, type User } from "../../../domain/access/contact.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { limits } from "../../../domain/limits.ts";
import { type Notification, newNotification } from "../../../domain/notifications/notification.ts";
import { formatInstant } from "../../../domain/time.ts";
import { type QueueNotificationsDeps, queueNotifications } from "../../notifications/queue-notifications.ts";
import type { ApiKeyStore, RoleStore, UserStore } from "../../ports/access.ts";
import type { Clock, Digest } from "../../ports/system.ts";

export interface AnnounceUsesDeps extends QueueNotificationsDeps {
  readonly apiKeys: Pick<ApiKeyStore, "usesToAnnounce" | "announced">;
  readonly roles: Pick<RoleStore, "find">;
  readonly users: Pick<UserStore, "findAll">;
  /** Emails of people who are administrators regardless of assignments. */
  readonly admins: readonly string[];
  /** Notified if no administrator has an email. */
  readonly fallbackEmail: string;
  readonly digest: Digest;
  readonly clock: Clock;
}

/**
 * Notifies all administrators about the use of break-glass keys. Members of groups are not known, so only those who are
 * assigned by email are notified. Idempotent: each use has its own notifications. Half a read unit if there was no use.
 */
export async function announceBreakGlassUses(deps: AnnounceUsesDeps): Promise<void> {
  const uses = await deps.apiKeys.usesToAnnounce();
  if (uses.length === 0) return;
  const recipients = await administratorsOf(deps);
  const users = await deps.users.findAll(recipients);
  for (const use of uses) {
    const notices = recipients.map((email) => noticeTo(deps, email, users, use));
    await queueNotifications(deps, notices, deps.clock());
    await deps.apiKeys.announced(use);
  }
}

async function administratorsOf({ roles, admins, fallbackEmail }: AnnounceUsesDeps): Promise<string[]> {
  const { assignments } = await roles.find(null);
  const assigned = assignments.flatMap(({ role, email }) => (role === "admin" && email ? [email] : []));
  const all = [...new Set([...admins, ...assigned])].slice(0, limits.rolesPerTeam);
  return all.length > 0 ? all : [fallbackEmail];
}

function noticeTo(
  { digest }: AnnounceUsesDeps,
  recipient: string,
  users: readonly User[],
  { keyId, at, breakGlass }: ApiKeyUse,
): Notification {
  const user = users.find(({ email }) => email === recipient);
  return newNotification({
    id: idPrefixes.notification + digest(JSON.stringify(["break-glass", keyId, at, recipient])),
    kind: "message",
    incidentId: null,
    channel: "email",
    recipient,
    address: emailAddressOf(recipient, user),
    message: `The break-glass key ${JSON.stringify(breakGlass)} was used at ${formatInstant(at)}. The audit log has its changes.`,
    severity: null,
    createdAt: at,
  });
}
