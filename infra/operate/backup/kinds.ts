/** Registry of all stored entities, so that exports contain only items that an import can read. */

import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { parseJsonOrUndefined } from "../../../shared/domain/json.ts";
import { isObject } from "../../../shared/domain/json-object.ts";
import { accountEntity, accountNameEntity } from "../../../shared/storage/access/account-store.ts";
import { administratorGuardEntity } from "../../../shared/storage/access/administrator-guard-store.ts";
import {
  apiKeyDigestEntity,
  apiKeyEntity,
  apiKeyUseEntity,
} from "../../../shared/storage/access/api-key-store.ts";
import { entryDigestEntity, sealEntity } from "../../../shared/storage/access/audit-seals.ts";
import { auditEntity } from "../../../shared/storage/access/audit-store.ts";
import { endedSessionEntity } from "../../../shared/storage/access/ended-session-store.ts";
import { forgettingEntity } from "../../../shared/storage/access/forgetting-store.ts";
import { linkCodeEntity, linkedAccountEntity } from "../../../shared/storage/access/linked-account-store.ts";
import { phoneOwnerEntity, phoneStoppedEntity } from "../../../shared/storage/access/phone-store.ts";
import { providerSessionEntity } from "../../../shared/storage/access/provider-session-store.ts";
import { pushDevicesEntity } from "../../../shared/storage/access/push-device-store.ts";
import { reachabilityEntity } from "../../../shared/storage/access/reachability-store.ts";
import { roleListEntity } from "../../../shared/storage/access/role-store.ts";
import {
  scimGroupEntity,
  scimNameEntity,
  scimUserEntity,
} from "../../../shared/storage/access/scim-store.ts";
import { usedTokenEntity } from "../../../shared/storage/access/used-token-store.ts";
import { userEntity } from "../../../shared/storage/access/user-store.ts";
import { alertEntity } from "../../../shared/storage/alerts/alert-store.ts";
import { downtimeEntity } from "../../../shared/storage/alerts/downtime-store.ts";
import { heartbeatEntity, pulseEntity } from "../../../shared/storage/alerts/heartbeat-store.ts";
import {
  endedSilenceEntity,
  routingEntity,
  silenceEntity,
} from "../../../shared/storage/alerts/rule-store.ts";
import { suppressedAlertEntity } from "../../../shared/storage/alerts/suppressed-alert-store.ts";
import { type Entity, NewerItem, versionOf } from "../../../shared/storage/entity.ts";
import { locationEntity } from "../../../shared/storage/find-by-id.ts";
import { requestEntity } from "../../../shared/storage/idempotency-store.ts";
import { changeEntity } from "../../../shared/storage/incidents/change-store.ts";
import { eventEntity, noteEntity } from "../../../shared/storage/incidents/incident-event-store.ts";
import { escalationEntity, incidentEntity } from "../../../shared/storage/incidents/incident-store.ts";
import { hourlyStatsEntity, statsEntity } from "../../../shared/storage/incidents/stats-store.ts";
import { timerEntity } from "../../../shared/storage/incidents/timer-store.ts";
import {
  activityEntity,
  integrationErrorEntity,
} from "../../../shared/storage/integrations/integration-activity-store.ts";
import { memoryEntity } from "../../../shared/storage/integrations/integration-memory.ts";
import {
  integrationDigestEntity,
  integrationEntity,
} from "../../../shared/storage/integrations/integration-store.ts";
import { keys } from "../../../shared/storage/keys.ts";
import {
  chatMessageEntity,
  chatThreadEntity,
} from "../../../shared/storage/notifications/chat-message-store.ts";
import { notificationEntity } from "../../../shared/storage/notifications/notification-store.ts";
import { pageTallyEntity } from "../../../shared/storage/notifications/page-tally-store.ts";
import { pageWindowEntity } from "../../../shared/storage/notifications/page-window-store.ts";
import { teamChannelsEntity } from "../../../shared/storage/notifications/team-channel-store.ts";
import { webhookEntity } from "../../../shared/storage/notifications/webhook-store.ts";
import { drillEntity } from "../../../shared/storage/oncall/drill-store.ts";
import {
  overrideEntity,
  overridesEndedEntity,
  policyEntity,
  readinessEntity,
  scheduleEntity,
  supersededEntity,
} from "../../../shared/storage/oncall/schedule-store.ts";
import { serviceEntity } from "../../../shared/storage/oncall/service-store.ts";
import { withoutShards } from "../../../shared/storage/sharding/shards.ts";
import type { Item, Key } from "../../../shared/storage/table.ts";

export interface Kind {
  readonly name: string;
  is(item: Item): boolean;
  /** @throws NewerItem, z.ZodError, or Error for attributes that its version does not have */
  current(item: Item): Item;
}

const expiresAt = z.int().optional();

/** Keys of items that stay: the import's own record, and those of shards. */
type NotExported = "import" | "shardedHours" | "shardLoad";

/** Entities by key builder. */
const kinds: Readonly<Record<Exclude<keyof typeof keys, NotExported>, Kind>> = {
  incident: kindOf(incidentEntity),
  event: kindOf(eventEntity),
  note: kindOf(noteEntity),
  timer: kindOf(timerEntity),
  incidentNumber: bare("number", keys.incidentNumber(0), { incidentId: z.string() }),
  counter: bare("counter", keys.counter(""), { count: z.int() }),
  correlation: bare("correlation", keys.correlation(""), {
    incidentId: z.string(),
    /** Version of the incident that took the key from another one, or was reopened. */
    revision: z.int().optional(),
    expiresAt,
  }),
  roles: kindOf(roleListEntity),
  administratorGuard: kindOf(administratorGuardEntity),
  alert: kindOf(alertEntity),
  notification: kindOf(notificationEntity),
  chatMessage: kindOf(chatMessageEntity),
  chatThread: kindOf(chatThreadEntity),
  schedule: kindOf(scheduleEntity),
  superseded: kindOf(supersededEntity),
  override: kindOf(overrideEntity),
  location: kindOf(locationEntity),
  overridesEnded: kindOf(overridesEndedEntity),
  policy: kindOf(policyEntity),
  readiness: kindOf(readinessEntity),
  drill: kindOf(drillEntity),
  teamChannels: kindOf(teamChannelsEntity),
  webhook: kindOf(webhookEntity),
  escalation: kindOf(escalationEntity),
  service: kindOf(serviceEntity),
  user: kindOf(userEntity),
  account: kindOf(accountEntity),
  accountName: kindOf(accountNameEntity),
  providerSession: kindOf(providerSessionEntity),
  usedToken: kindOf(usedTokenEntity),
  linkedAccount: kindOf(linkedAccountEntity),
  linkCode: kindOf(linkCodeEntity),
  linkAttempts: bare("link attempts", keys.linkAttempts({ service: "", account: "" }, 0), {
    count: z.int(),
    expiresAt,
  }),
  scimUser: kindOf(scimUserEntity),
  scimGroup: kindOf(scimGroupEntity),
  scimName: kindOf(scimNameEntity),
  forgetting: kindOf(forgettingEntity),
  pushDevices: kindOf(pushDevicesEntity),
  reachability: kindOf(reachabilityEntity),
  phoneOwner: kindOf(phoneOwnerEntity),
  phoneStopped: kindOf(phoneStoppedEntity),
  apiKey: kindOf(apiKeyEntity),
  apiKeyDigest: kindOf(apiKeyDigestEntity),
  apiKeyUse: kindOf(apiKeyUseEntity),
  integration: kindOf(integrationEntity),
  integrationDigest: kindOf(integrationDigestEntity),
  integrationMemory: kindOf(memoryEntity),
  integrationActivity: kindOf(activityEntity),
  integrationError: kindOf(integrationErrorEntity),
  change: kindOf(changeEntity),
  audit: kindOf(auditEntity),
  entryDigest: kindOf(entryDigestEntity),
  seal: kindOf(sealEntity),
  auditSlot: bare("audit slot", keys.auditSlot("", 0, 0), { expiresAt }),
  routing: kindOf(routingEntity),
  silence: kindOf(silenceEntity),
  endedSilence: kindOf(endedSilenceEntity),
  suppressedAlert: kindOf(suppressedAlertEntity),
  heartbeat: kindOf(heartbeatEntity),
  pulse: kindOf(pulseEntity),
  listening: kindOf(downtimeEntity),
  pageCounter: bare("page counter", keys.pageCounter("", "", 0), { count: z.int(), expiresAt }),
  pageWindow: kindOf(pageWindowEntity),
  messageFailures: bare("message failures", keys.messageFailures(""), { count: z.int(), expiresAt }),
  statsOfDay: kindOf(statsEntity),
  statsOfHours: kindOf(hourlyStatsEntity),
  pagesOfDay: kindOf(pageTallyEntity),
  checkpoint: bare("checkpoint", keys.checkpoint("", 0), {
    parts: z.int(),
    text: z.string(),
    entity: z.literal("checkpoint"),
    schemaVersion: z.literal(1),
  }),
  idempotency: kindOf(requestEntity),
  endedSession: kindOf(endedSessionEntity),
};

export const kindNames: readonly string[] = Object.values(kinds).map(({ name }) => name);

/** Returns undefined for an item that no release up to this one wrote. */
export function kindOfItem(item: Item): Kind | undefined {
  return Object.values(kinds).find((kind) => kind.is(item));
}

/** Returns true for derived items, which can also exist on a platform without data. */
export function isDerived(item: Item): boolean {
  return [kinds.statsOfDay, kinds.statsOfHours, kinds.pagesOfDay, kinds.checkpoint, kinds.listening].some(
    (kind) => kind.is(item),
  );
}

/**
 * Returns true for API keys, which each platform has of its own, and for what the audit log has about them. A new
 * platform that requires keys starts with one, and someone may have signed in with it.
 */
export function isOfKeys(item: Item): boolean {
  const { apiKey, apiKeyDigest, apiKeyUse, audit, entryDigest, seal, auditSlot } = kinds;
  return (
    [apiKey, apiKeyDigest, apiKeyUse, entryDigest, seal, auditSlot].some((kind) => kind.is(item)) ||
    (audit.is(item) && ["key", "session", "request"].some((resource) => item.resource === resource))
  );
}

/** Upgrades items as if they had just been written, keeping their expiry. */
function kindOf<T>(entity: Entity<T>): Kind {
  return {
    name: entity.name,
    is: entity.is,
    current(stored) {
      const item = withoutShards(stored);
      const written = storable(entity.toItem(entity.parse(item)));
      const current = item.expiresAt === undefined ? written : { ...written, expiresAt: item.expiresAt };
      if (versionOf(item) === entity.version) compare(item, current);
      return current;
    },
  };
}

/** Describes an item without an entity: a key and some values. */
function bare(name: string, { pk }: Key, attributes: z.core.$ZodLooseShape): Kind {
  const prefix = pk.slice(0, pk.indexOf("#") + 1);
  const schema = z.strictObject({ pk: z.string(), sk: z.string(), ...attributes });
  return {
    name,
    is: (item) => item.pk.startsWith(prefix),
    current(item) {
      if (versionOf(item) > 1) throw new NewerItem(item, name, 1);
      schema.parse(item);
      return item;
    },
  };
}

/** Missing attributes may have been added later without a new version. Existing ones must be known. */
function compare(item: Item, written: Item): void {
  const others = Object.keys(item).filter((name) => !isKept(item[name], written[name]));
  if (others.length > 0) throw new Error(`its version does not allow these values of ${others.join(", ")}`);
}

/** Returns true if nothing of a value is missing or different in another one, at any depth and in texts of JSON. */
function isKept(value: unknown, written: unknown): boolean {
  if (isDeepStrictEqual(value, written)) return true;
  if (typeof value === "string" && typeof written === "string") {
    const inner = parseJsonOrUndefined(value);
    return (isObject(inner) || Array.isArray(inner)) && isKept(inner, parseJsonOrUndefined(written));
  }
  if (Array.isArray(value)) {
    return (
      Array.isArray(written) &&
      written.length === value.length &&
      value.every((each, index) => isKept(each, written[index]))
    );
  }
  if (!isObject(value) || !isObject(written)) return false;
  return Object.entries(value).every(
    ([name, field]) => Object.hasOwn(written, name) && isKept(field, written[name]),
  );
}

/** Removes undefined values, like the table does. */
function storable(item: Item): Item {
  return JSON.parse(JSON.stringify(item));
}
