/** What each group of use cases is wired with; every part is made when it is first used. */
import { correlationConfig, ownershipConfig, pagingConfig } from "./config.ts";
import { alertQueue, eventQueue, notificationQueue, timerQueue } from "./queues.ts";
import { alerts, incidents, notifications, schedules, services, timers } from "./stores.ts";
import { clock, digest, log, ulid } from "./world.ts";

export const acceptDeps = () => ({ alertQueue: alertQueue() });

export const publishDeps = () => ({ incidents: incidents(), eventQueue: eventQueue(), log: log(), clock });

export const changeDeps = () => ({ ...publishDeps(), ulid });

const ownershipDeps = () => ({
  services: services(),
  schedules: schedules(),
  defaultTeam: ownershipConfig().DEFAULT_TEAM,
});

export const createIncidentDeps = () => ({ ...publishDeps(), ...ownershipDeps() });

export const correlateDeps = () => ({
  ...createIncidentDeps(),
  alerts: alerts(),
  ulid,
  correlationWindowMs: correlationConfig().CORRELATION_WINDOW_SECONDS * 1_000,
});

export const readIncidentDeps = () => ({
  incidents: incidents(),
  alerts: alerts(),
  notifications: notifications(),
});

export const timerDeps = () => ({ ...changeDeps(), timers: timers(), timerQueue: timerQueue() });

export const pageDeps = () => ({
  ...timerDeps(),
  schedules: schedules(),
  notifications: notifications(),
  notificationQueue: notificationQueue(),
  digest,
  fallbackEmail: pagingConfig().FALLBACK_EMAIL,
});

export const notifyDeps = () => ({
  incidents: incidents(),
  notifications: notifications(),
  notificationQueue: notificationQueue(),
});
