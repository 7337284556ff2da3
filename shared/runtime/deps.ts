/** Dependencies of each group of use cases, created on first use. */

import { authorize, signedIn } from "../http/authorization.ts";
import { ownershipConfig, pagingConfig } from "./config.ts";
import { eventQueue } from "./queues.ts";
import {
  alerts,
  changes,
  incidentEvents,
  incidents,
  notifications,
  schedules,
  services,
  stats,
  users,
} from "./stores.ts";
import { clock, log, ulid } from "./system.ts";

export const publishDeps = () => ({
  incidents: incidents(),
  incidentEvents: incidentEvents(),
  eventQueue: eventQueue(),
  stats: stats(),
  log: log(),
  clock,
});

const firstStepDeps = () => ({ schedules: schedules(), ulid, fallbackEmail: pagingConfig().FALLBACK_EMAIL });

export const changeDeps = () => ({
  ...publishDeps(),
  ...firstStepDeps(),
  users: users(),
  authorize,
  signedIn,
});

export const ownershipDeps = () => ({
  services: services(),
  schedules: schedules(),
  defaultTeam: ownershipConfig().DEFAULT_TEAM,
});

export const createIncidentDeps = () => ({
  ...publishDeps(),
  ...ownershipDeps(),
  ...firstStepDeps(),
  authorize,
});

export const readIncidentDeps = () => ({
  incidents: incidents(),
  incidentEvents: incidentEvents(),
  alerts: alerts(),
  notifications: notifications(),
  changes: changes(),
  clock,
});

export const escalateDeps = changeDeps;

export const updateIncidentDeps = () => ({ ...escalateDeps(), ...ownershipDeps() });
