/** Opsgenie's heartbeat pings by name. Heartbeats are created and edited through the platform's own API. */

import { NotFound } from "../../domain/errors.ts";
import { formatInstant } from "../../domain/time.ts";
import type { HeartbeatReport, IntegrationContext } from "../../use-cases/ports/integration-context.ts";
import type { Route } from "../integration-type.ts";
import { priorityOf } from "./fields.ts";
import { replied } from "./replies.ts";

type Handler = Route["handle"];

/** Responds like Opsgenie also for an unknown name, and records it in the integration's errors. */
export const ping: Handler = async ({ params: { name = "" } }, context) => {
  if (!(await context.heartbeats.ping(name))) warn(context, name);
  return replied(202, { result: "PONG - Heartbeat received" }, context.ulid());
};

function warn(context: IntegrationContext, name: string): void {
  context.warn(
    `There is no heartbeat ${JSON.stringify(name)}: create one with this name for the service ` +
      `${JSON.stringify(context.integration.service)} with POST /api/v1/heartbeats`,
  );
}

export const listHeartbeats: Handler = async (_, context) => {
  const all = await context.heartbeats.list();
  return replied(200, { data: { heartbeats: all.map(heartbeatOf) } }, context.ulid());
};

export const getHeartbeat: Handler = async ({ params: { name = "" } }, context) => {
  const all = await context.heartbeats.list();
  const found = all.find(({ heartbeat }) => heartbeat.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new NotFound("heartbeat", name);
  return replied(200, { data: heartbeatOf(found) }, context.ulid());
};

function heartbeatOf({ heartbeat, state, lastBeatAt }: HeartbeatReport) {
  const { name, intervalSeconds, team, severity, paused } = heartbeat;
  return {
    name,
    description: "",
    enabled: !paused,
    interval: Math.ceil(intervalSeconds / 60),
    intervalUnit: "minutes",
    expired: state === "missing",
    lastPingTime: lastBeatAt === null ? "" : formatInstant(lastBeatAt),
    alertPriority: priorityOf[severity],
    ...(team !== null && { ownerTeam: { name: team } }),
  };
}
