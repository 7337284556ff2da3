/** Dependencies of use cases that the first view of the website does not need. Its functions load their code later. */

import { looksLikeUrl } from "../../channels/address-rules.ts";
import { channelNamed } from "../../channels/registry.ts";
import { sha256 } from "../../crypto/sha256.ts";
import type { Destination } from "../../domain/access/contact.ts";
import { authorize, signedIn } from "../../http/authorization.ts";
import { seededUlids } from "../../http/idempotency.ts";
import { alertRules } from "../alert-rules.ts";
import { cachedServices, recentChanges, recentIncidents, webhooksOf } from "../cached-reads.ts";
import { channelsConfig, correlationConfig, pagingConfig, stormConfig } from "../config.ts";
import { changeDeps, createIncidentDeps, escalateDeps, ownershipDeps } from "../deps.ts";
import { metrics } from "../metrics.ts";
import { alertQueue, notificationQueue, timerQueue } from "../queues.ts";
import {
  alerts,
  incidents,
  integrations,
  notifications,
  schedules,
  services,
  timers,
  users,
} from "../stores.ts";
import { clock, digest, log, makeIntegrationKey, makeKey } from "../system.ts";
import {
  apiKeys,
  downtime,
  drills,
  heartbeats,
  integrationActivity,
  pageCounter,
  pageWindows,
  phones,
  pushDevices,
  reachability,
  ruleStore,
  suppressedAlerts,
  teamChannels,
  webhooks,
} from "./stores.ts";

export const acceptDeps = () => ({ alertQueue: alertQueue(), metrics: metrics(), log: log() });

/** Limits of pages in an alert storm. */
export const stormDeps = () => ({
  pageCounter: pageCounter(),
  pageWindows: pageWindows(),
  pagesPerQuarterHour: stormConfig().PAGES_PER_QUARTER_HOUR,
  bundlingMs: stormConfig().PAGE_BUNDLING_SECONDS * 1_000,
});

export const simulateDeps = () => ({
  ...ownershipDeps(),
  incidents: incidents(),
  users: users(),
  teamChannels: teamChannels(),
  ...stormDeps(),
  fallbackEmail: pagingConfig().FALLBACK_EMAIL,
  rules: alertRules,
});

const holdDeps = () => ({
  incidents: incidents(),
  suppressedAlerts: suppressedAlerts(),
  rules: alertRules,
  alertQueue: alertQueue(),
  seededUlids,
});

export const correlateDeps = () => ({
  ...createIncidentDeps(),
  ...holdDeps(),
  services: cachedServices(),
  alerts: alerts(),
  users: users(),
  signedIn,
  recentIncidents: recentIncidents(),
  metrics: metrics(),
  correlationWindowMs: correlationConfig().CORRELATION_WINDOW_SECONDS * 1_000,
});

const ownedDeps = () => ({ services: services(), authorize });

export const serviceDeps = () => ({ ...ownedDeps(), schedules: schedules() });

export const scheduleDeps = () => ({ schedules: schedules(), authorize });

export const ruleDeps = () => ({ ...ownedDeps(), ruleStore: ruleStore() });

export const changeHeartbeatDeps = () => ({ ...ownedDeps(), heartbeats: heartbeats() });

export const heartbeatDeps = () => ({
  ...acceptDeps(),
  ...changeHeartbeatDeps(),
  downtime: downtime(),
  seededUlids,
  sha256,
});

export const sweepAlertsDeps = () => ({
  ...heartbeatDeps(),
  ...ownershipDeps(),
  ...holdDeps(),
  ...ruleDeps(),
  clock,
});

export const timerDeps = () => ({ ...escalateDeps(), timers: timers(), timerQueue: timerQueue() });

export const pageDeps = () => ({
  ...timerDeps(),
  notifications: notifications(),
  users: users(),
  teamChannels: teamChannels(),
  alerts: alerts(),
  recentChanges: recentChanges(),
  webhooksOf: webhooksOf(),
  notificationQueue: notificationQueue(),
  digest,
  reachability: reachability(),
  metrics: metrics(),
});

/** Returns true if a provider delivers messages. An address that is a URL is a provider of its own. */
function hasProvider({ channel, address }: Destination): boolean {
  if (channel === "console") return false;
  const isOwn = channelNamed(channel)?.setups === undefined || looksLikeUrl(address);
  return isOwn || channelsConfig().CONFIGURED_CHANNELS.includes(channel);
}

export const readinessDeps = () => ({
  schedules: schedules(),
  users: users(),
  reachability: reachability(),
  pushDevices: pushDevices(),
  phones: phones(),
  drills: drills(),
  hasProvider,
});

/** Dependencies of replies to messages, without what their commands need. */
export const replyDeps = () => ({
  ...changeDeps(),
  notifications: notifications(),
  reachability: reachability(),
  drills: drills(),
  sha256,
});

export const handoffDeps = () => ({
  teamChannels: teamChannels(),
  drills: drills(),
  schedules: schedules(),
  users: users(),
  incidents: incidents(),
  notifications: notifications(),
  notificationQueue: notificationQueue(),
  digest,
  clock,
  log: log(),
});

export const drillDeps = () => ({ ...handoffDeps(), hasProvider });

export const notifyDeps = () => ({
  authorize,
  incidents: incidents(),
  notifications: notifications(),
  users: users(),
  notificationQueue: notificationQueue(),
});

export const pushDeviceDeps = () => ({
  users: users(),
  pushDevices: pushDevices(),
  reachability: reachability(),
  digest,
});

export const dropPushDeviceDeps = () => ({
  pushDevices: pushDevices(),
  notifications: notifications(),
  notificationQueue: notificationQueue(),
  digest,
});

export const sendToWebhookDeps = () => ({
  webhooks: webhooks(),
  incidents: incidents(),
  notifications: notifications(),
  notificationQueue: notificationQueue(),
});

export const makeKeyDeps = () => ({ apiKeys: apiKeys(), makeKey, sha256 });

export const readIntegrationDeps = () => ({ integrations: integrations(), activity: integrationActivity() });

export const makeIntegrationDeps = () => ({
  ...readIntegrationDeps(),
  ...serviceDeps(),
  makeKey: makeIntegrationKey,
  sha256,
});
