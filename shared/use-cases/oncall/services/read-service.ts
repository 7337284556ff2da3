import { defaultPolicy, type EscalationPolicy } from "../../../domain/oncall/escalation.ts";
import { type OnCall, onCallAt } from "../../../domain/oncall/on-call.ts";
import type { OnCallRole } from "../../../domain/oncall/schedule.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import type { ScheduleStore, ServiceStore } from "../../ports/oncall.ts";
import { loadOnce } from "../load-once.ts";
import { resolveOwnership } from "./resolve-ownership.ts";

export interface ServiceDetails {
  readonly name: string;
  /** The saved settings; undefined for a service that only alerts name. */
  readonly settings: Service | undefined;
  /** The team that is paged. */
  readonly team: string;
  readonly policy: EscalationPolicy;
  /** People on call for the team; null if it has no schedule. */
  readonly onCall: Readonly<Record<OnCallRole, OnCall>> | null;
}

/** Reads a service, its owner team and the people on call; one item, and one query per team: at most two. */
export async function readService(
  deps: {
    readonly services: Pick<ServiceStore, "find">;
    readonly schedules: Pick<ScheduleStore, "load">;
    readonly defaultTeam: string;
  },
  name: string,
  now: number,
): Promise<ServiceDetails> {
  const { services, defaultTeam } = deps;
  const schedules = loadOnce(deps.schedules);
  const settings = await services.find(name);
  const { team } = await resolveOwnership(
    { services: { find: async () => settings }, schedules, defaultTeam },
    name,
    now,
  );
  const loaded = await schedules.load(team, now);
  const history = loaded?.schedule ? loaded.history : undefined;
  return {
    name,
    settings,
    team,
    policy: loaded?.policy ?? defaultPolicy,
    onCall: history
      ? { primary: onCallAt(history, "primary", now), secondary: onCallAt(history, "secondary", now) }
      : null,
  };
}
