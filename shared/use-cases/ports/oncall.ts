/** Stores of schedules, overrides, escalation policies and services. */

import type { Drill } from "../../domain/oncall/drill.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import type { ScheduleHistory } from "../../domain/oncall/on-call.ts";
import type { ReadinessRule } from "../../domain/oncall/readiness.ts";
import type { Override, Schedule } from "../../domain/oncall/schedule.ts";
import type { Service } from "../../domain/oncall/service.ts";
import type { Page, PageRequest } from "./page.ts";

/** A team's on-call configuration and escalation policy. */
export interface TeamSchedule {
  /** The current schedule; null if the team has none. */
  readonly schedule: Schedule | null;
  /** Schedules and overrides from the requested time on. */
  readonly history: ScheduleHistory;
  /** Last time an override was ended early; null for never. */
  readonly overridesEndedAt: number | null;
  /** Null for the default. */
  readonly policy: EscalationPolicy | null;
  /** 0 for the default. */
  readonly policyVersion: number;
  /** Null for the default. */
  readonly readiness: ReadinessRule | null;
  /** 0 for the default. */
  readonly readinessVersion: number;
}

export interface ScheduleStore {
  /**
   * Returns undefined for an unknown team. Takes one query unless the schedule has changed since `from`.
   *
   * @param options.stale allows a state that is up to a second old, at half the price
   */
  load(team: string, from: number, options?: { readonly stale?: boolean }): Promise<TeamSchedule | undefined>;
  /** Loads expired schedules and overrides that applied in [from, before): the latest `most` of them. */
  loadEarlier(
    team: string,
    range: { readonly from: number; readonly before: number; readonly most: number },
  ): Promise<{ readonly schedules: readonly Schedule[]; readonly overrides: readonly Override[] }>;
  /** @throws AlreadyExists */
  create(schedule: Schedule): Promise<void>;
  /**
   * Replaces the current schedule, which is kept for its period.
   * @returns the schedule with its new version
   * @throws StaleVersion
   */
  supersede(superseded: Schedule, schedule: Schedule): Promise<Schedule>;
  /**
   * Stores the current schedule with a new calendar token.
   * @returns the schedule with its new version
   * @throws StaleVersion
   */
  saveCalendarToken(schedule: Schedule): Promise<Schedule>;
  /** @throws StaleVersion */
  remove(schedule: Schedule): Promise<void>;
  list(page: PageRequest): Promise<Page<Schedule>>;
  /** Lists teams with a schedule, in the order and with the cursors of `list`, without reading the schedules. */
  listNames(page: PageRequest): Promise<Page<string>>;
  /** Lists schedules with handoff notices. */
  listWithNotices(page: PageRequest): Promise<Page<Schedule>>;
  /** @throws AlreadyExists */
  putOverride(override: Override): Promise<void>;
  findOverride(id: string): Promise<Override | undefined>;
  /** Ends an override at a time, or deletes it if it never applied. @throws StaleVersion */
  endOverride(override: Override, at: number): Promise<void>;
  /**
   * Ends overrides of a team, several per transaction. After a failure, the rest remain to be ended. @throws
   * StaleVersion
   */
  endOverrides(overrides: readonly Override[], at: number): Promise<void>;
  listOverrides(team: string, page: PageRequest): Promise<Page<Override>>;
  /** @param version of the policy to replace; default 0 @throws StaleVersion */
  putPolicy(team: string, policy: EscalationPolicy, version?: number): Promise<void>;
  /** @param version of the rule to replace; default 0 @throws StaleVersion */
  putReadiness(team: string, rule: ReadinessRule, version?: number): Promise<void>;
  /** Lists teams with weekly drills. Half a read unit, also if there are none. */
  listTeamsWithDrills(page: PageRequest): Promise<Page<string>>;
}

export interface ServiceStore {
  find(name: string): Promise<Service | undefined>;
  /** @param known the settings to replace; undefined if none @throws StaleVersion if they have changed */
  put(service: Service, known?: Service): Promise<void>;
  /** @throws StaleVersion if it has changed since it was read */
  remove(service: Service): Promise<void>;
  list(page: PageRequest): Promise<Page<Service>>;
}

/** The latest drill of each team, one small item. */
export interface DrillStore {
  find(team: string): Promise<Drill | undefined>;
  /** Returns those that exist, one read unit each. */
  findAll(teams: readonly string[]): Promise<readonly Drill[]>;
  /** @param known the drill to replace; undefined if none @throws StaleVersion if it has changed */
  save(drill: Drill, known: Drill | undefined): Promise<void>;
}
