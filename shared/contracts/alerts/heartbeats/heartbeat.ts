/** Heartbeat monitors in requests and responses. */
import * as z from "zod";
import type { Gap } from "../../../domain/alerts/downtime.ts";
import {
  type Heartbeat,
  heartbeatState,
  heartbeatStates,
  overdueAt,
  type Pulse,
} from "../../../domain/alerts/heartbeat.ts";
import { limits } from "../../../domain/limits.ts";
import { severities } from "../../../domain/severity.ts";
import { formatInstant } from "../../../domain/time.ts";
import { id, instant, instantOrNull, line, serviceName, severityInput, teamName } from "../../fields.ts";

export const heartbeatParams = z.object({ id });

const changeable = {
  name: line(1, limits.heartbeatNameLength),
  team: teamName.nullable().meta({ description: "Team to page; null for the owner of the service." }),
  interval_seconds: z.int().min(1).max(limits.heartbeatSeconds),
  grace_seconds: z
    .int()
    .min(0)
    .max(limits.heartbeatSeconds)
    .meta({ description: "Additional time before a ping counts as missed." }),
  severity: severityInput,
  paused: z.boolean().meta({
    description: "True to ignore missing pings for now. An open incident resolves within a minute.",
  }),
};

const { paused: _, ...initial } = changeable;

export const heartbeatInput = z.strictObject({
  ...initial,
  service: serviceName,
  team: changeable.team.default(null),
  grace_seconds: changeable.grace_seconds.default(0),
  severity: changeable.severity.default("high"),
});

export const heartbeatPatch = z.strictObject(changeable).partial();

type Changeable = Pick<
  Heartbeat,
  "name" | "team" | "severity" | "intervalSeconds" | "graceSeconds" | "paused"
>;

export function heartbeatDraftOf(
  input: z.output<typeof heartbeatInput>,
): Omit<Changeable, "paused"> & Pick<Heartbeat, "service"> {
  const { interval_seconds: intervalSeconds, grace_seconds: graceSeconds, ...rest } = input;
  return { ...rest, intervalSeconds, graceSeconds };
}

export function heartbeatChangesOf(patch: z.output<typeof heartbeatPatch>): Partial<Changeable> {
  const { name, team, severity, interval_seconds, grace_seconds, paused } = patch;
  return {
    ...(name !== undefined && { name }),
    ...(team !== undefined && { team }),
    ...(severity !== undefined && { severity }),
    ...(interval_seconds !== undefined && { intervalSeconds: interval_seconds }),
    ...(grace_seconds !== undefined && { graceSeconds: grace_seconds }),
    ...(paused !== undefined && { paused }),
  };
}

export const heartbeatResource = z
  .object({
    id: z.string(),
    name: z.string(),
    service: z.string(),
    team: z.string().nullable(),
    severity: z.enum(severities),
    interval_seconds: z.number(),
    grace_seconds: z.number(),
    paused: z.boolean(),
    key_prefix: z
      .string()
      .meta({ description: "First characters of the key. The key itself is not stored." }),
    url: z
      .string()
      .meta({ description: "URL for pings by POST or GET; {key} is a placeholder for the key." }),
    state: z
      .enum(heartbeatStates)
      .meta({ description: "Waiting for the first ping, ok, missing, or paused." }),
    last_beat_at: instant.nullable(),
    due_at: instant.nullable().meta({ description: "Time at which the next ping is overdue." }),
    missing_since: instant.nullable(),
    created_at: instant,
    rotated_at: instant.nullable(),
  })
  .meta({ id: "Heartbeat" });

/** Includes the key, which is shown only once. */
export const heartbeatWithKey = heartbeatResource.extend({ key: z.string() });

/**
 * @param gaps times in which pings could not be received
 * @param baseUrl public URL of the platform, without a trailing slash
 */
export function presentHeartbeat(
  { heartbeat, pulse }: { readonly heartbeat: Heartbeat; readonly pulse: Pulse },
  gaps: readonly Gap[],
  baseUrl: string,
  now: number,
  key = "{key}",
): z.input<typeof heartbeatResource> {
  const { state, missingSince } = heartbeatState(pulse, gaps, now);
  return {
    id: heartbeat.id,
    name: heartbeat.name,
    service: heartbeat.service,
    team: heartbeat.team,
    severity: heartbeat.severity,
    interval_seconds: heartbeat.intervalSeconds,
    grace_seconds: heartbeat.graceSeconds,
    paused: heartbeat.paused,
    key_prefix: heartbeat.keyPrefix,
    url: `${baseUrl}/heartbeats/${key}`,
    state,
    last_beat_at: instantOrNull(pulse.lastBeatAt),
    due_at: instantOrNull(overdueAt(pulse, gaps)),
    missing_since: instantOrNull(missingSince),
    created_at: formatInstant(heartbeat.createdAt),
    rotated_at: instantOrNull(heartbeat.rotatedAt),
  };
}
