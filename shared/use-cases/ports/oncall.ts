/** Stores of schedules, overrides, escalation policies and services. */
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import type { Rota } from "../../domain/oncall/on-call.ts";
import type { Override, Schedule } from "../../domain/oncall/schedule.ts";
import type { Service } from "../../domain/oncall/service.ts";
import type { Page, PageRequest } from "./page.ts";

/** What a team says about who is on call and how far an incident climbs. */
export interface TeamRota {
  /** The one in force; null for a team that has none. */
  readonly schedule: Schedule | null;
  /** With what was in force, and whoever took over, from the instant asked for on. */
  readonly rota: Rota;
  /** When an override was last ended before its time; null for never. */
  readonly overridesEndedAt: number | null;
  /** Null for the default. */
  readonly policy: EscalationPolicy | null;
  /** 0 for the default. */
  readonly policyVersion: number;
}

export interface RotaStore {
  exists(team: string): Promise<boolean>;
  /** Undefined for a team of which nothing is known; one query unless its schedule changed since the instant. */
  load(team: string, from: number): Promise<TeamRota | undefined>;
  /** Loads what decided who was on call in [from, before) and is over: the latest `most` schedules and overrides. */
  loadEarlier(
    team: string,
    range: { readonly from: number; readonly before: number; readonly most: number },
  ): Promise<{ readonly schedules: readonly Schedule[]; readonly overrides: readonly Override[] }>;
  /** @throws AlreadyExists */
  create(schedule: Schedule): Promise<void>;
  /**
   * Puts a schedule in the place of the one in force, which is kept for the time that it held.
   * @throws StaleVersion
   */
  supersede(superseded: Schedule, schedule: Schedule): Promise<void>;
  /**
   * Stores the schedule in force with another token for its calendar; what it says stays.
   * @returns the schedule with its new version
   * @throws StaleVersion
   */
  saveCalendarToken(schedule: Schedule): Promise<Schedule>;
  /** @throws StaleVersion */
  remove(schedule: Schedule): Promise<void>;
  list(page: PageRequest): Promise<Page<Schedule>>;
  /** Those that want handoff notices. */
  listWithNotices(page: PageRequest): Promise<Page<Schedule>>;
  /** @throws AlreadyExists */
  putOverride(override: Override): Promise<void>;
  findOverride(id: string): Promise<Override | undefined>;
  /** Ends an override at an instant; one that would never have acted is gone. @throws StaleVersion */
  endOverride(override: Override, at: number): Promise<void>;
  /** Ends overrides of a team, some in each transaction; after a failure the rest are still to be ended. @throws StaleVersion */
  endOverrides(overrides: readonly Override[], at: number): Promise<void>;
  listOverrides(team: string, page: PageRequest): Promise<Page<Override>>;
  /** @param version of the policy in whose place it is put; 0 unless given @throws StaleVersion */
  putPolicy(team: string, policy: EscalationPolicy, version?: number): Promise<void>;
}

export interface ServiceStore {
  find(name: string): Promise<Service | undefined>;
  /** @param known what it takes the place of; undefined: none @throws StaleVersion when that is another by now */
  put(service: Service, known?: Service): Promise<void>;
  list(page: PageRequest): Promise<Page<Service>>;
}
