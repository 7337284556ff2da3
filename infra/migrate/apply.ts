/**
 * Sends a plan to a running platform, or prints what would be sent. It can be repeated, also after a crash.
 */
import { isDeepStrictEqual } from "node:util";
import type * as z from "zod";
import { getUserContract } from "../../shared/contracts/access/get-user.ts";
import { putUserContract } from "../../shared/contracts/access/put-user.ts";
import { presentUser, userInput, userOf } from "../../shared/contracts/access/user.ts";
import { getPolicyContract } from "../../shared/contracts/oncall/get-policy.ts";
import { createOverrideContract } from "../../shared/contracts/oncall/overrides/create-override.ts";
import { listOverridesContract } from "../../shared/contracts/oncall/overrides/list-overrides.ts";
import { policyInput, policyOf, presentPolicy } from "../../shared/contracts/oncall/policy.ts";
import { putPolicyContract } from "../../shared/contracts/oncall/put-policy.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/schedules/create-schedule.ts";
import { getScheduleContract } from "../../shared/contracts/oncall/schedules/get-schedule.ts";
import { layeredPlan, planOf } from "../../shared/contracts/oncall/schedules/plan.ts";
import { presentPlan } from "../../shared/contracts/oncall/schedules/schedule.ts";
import { updateScheduleContract } from "../../shared/contracts/oncall/schedules/update-schedule.ts";
import { listServicesContract } from "../../shared/contracts/oncall/services/list-services.ts";
import { putServiceContract } from "../../shared/contracts/oncall/services/put-service.ts";
import {
  presentService,
  serviceFields,
  serviceInput,
} from "../../shared/contracts/oncall/services/service.ts";
import { limits } from "../../shared/domain/limits.ts";
import { defaultPolicy } from "../../shared/domain/oncall/escalation.ts";
import { type Call, Refused } from "../api-client.ts";
import type { Plan } from "./plan.ts";

export interface Step {
  /** `schedule payments`. */
  readonly what: string;
  /** different: the existing item differs and is kept; failed: see why. */
  readonly outcome: "new" | "unchanged" | "different" | "replaced" | "failed";
  readonly why?: string;
}

export interface ApplyOptions {
  /** True to write; false for a dry run. */
  readonly apply: boolean;
  /** True to replace differing configuration. */
  readonly replace: boolean;
}

/** Writes people first and services last, so that a service's team is complete when alerts arrive. */
export async function* applyPlan(call: Call, plan: Plan, options: ApplyOptions): AsyncGenerator<Step> {
  for (const each of plan.users) yield await applyItem(userItem(call, each), options);
  for (const each of plan.schedules) yield await applyItem(scheduleItem(call, each), options);
  for (const team of new Set(plan.overrides.map((override) => override.team))) {
    const known = await attempt(
      async () => (await found(() => overridesOf(call, team))) ?? new Set<string>(),
    );
    for (const each of plan.overrides.filter((override) => override.team === team))
      yield await applyItem(overrideItem(call, each, known), options);
  }
  for (const each of plan.policies) yield await applyItem(policyItem(call, each), options);
  const services = await attempt(() => servicesOf(call));
  for (const each of plan.services) yield await applyItem(serviceItem(call, each, services), options);
}

/** A resource to create. */
interface Item {
  readonly what: string;
  /** Reads the existing resource in the format of the request; undefined if there is none. */
  readonly read: () => Promise<unknown>;
  readonly desired: unknown;
  readonly create: () => Promise<unknown>;
  readonly replace: () => Promise<unknown>;
}

async function applyItem(item: Item, { apply, replace }: ApplyOptions): Promise<Step> {
  const { what, desired } = item;
  try {
    const present = await item.read();
    if (present === undefined) {
      if (apply) await item.create();
      return { what, outcome: "new" };
    }
    if (isDeepStrictEqual(plain(present), plain(desired))) return { what, outcome: "unchanged" };
    if (!replace) return { what, outcome: "different" };
    if (apply) await item.replace();
    return { what, outcome: "replaced" };
  } catch (error) {
    return { what, outcome: "failed", why: error instanceof Error ? error.message : String(error) };
  }
}

function userItem(call: Call, { email, body }: Plan["users"][number]): Item {
  const { updated_at: _, ...desired } = presentUser(userOf(email, userInput.parse(body), 0));
  const write = () => call(putUserContract, { params: { email }, body });
  return {
    what: `user ${email}`,
    read: () =>
      found(async () => {
        const { updated_at: _, ...present } = await call(getUserContract, { params: { email } });
        return present;
      }),
    desired,
    create: write,
    replace: write,
  };
}

function scheduleItem(call: Call, { team, body }: Plan["schedules"][number]): Item {
  return {
    what: `schedule of ${team}`,
    read: () =>
      found(async () => {
        const { timezone, layers } = await call(getScheduleContract, { params: { team } });
        return { timezone, layers };
      }),
    desired: desiredSchedule(body),
    create: () => call(createScheduleContract, { body: { team, ...body } }),
    replace: () => call(updateScheduleContract, { params: { team }, body: { ...body } }),
  };
}

function desiredSchedule(body: z.input<typeof layeredPlan>) {
  const { timezone, layers } = presentPlan(planOf(layeredPlan.parse(body), 0));
  return { timezone, layers };
}

function policyItem(call: Call, { team, body }: Plan["policies"][number]): Item {
  const write = () => call(putPolicyContract, { params: { team }, body });
  return {
    what: `escalation policy of ${team}`,
    read: () =>
      found(async () => {
        const present = await call(getPolicyContract, { params: { team } });
        const untouched = isDeepStrictEqual(plain(present), plain(presentPolicy(team, defaultPolicy)));
        return untouched ? undefined : present;
      }),
    desired: presentPolicy(team, policyOf(policyInput.parse(body))),
    create: write,
    replace: write,
  };
}

type OverrideBody = Plan["overrides"][number];

function overrideItem(call: Call, body: OverrideBody, known: Attempt<ReadonlySet<string>>): Item {
  const { team, role, user_email, starts_at, ends_at } = body;
  const create = () => call(createOverrideContract, { body });
  return {
    what: `override of ${team}, ${role}, ${user_email} from ${starts_at} to ${ends_at}`,
    read: async () => (known().has(keyOf(body)) ? true : undefined),
    desired: true,
    create,
    replace: create,
  };
}

function keyOf({ role, user_email, starts_at, ends_at }: Omit<OverrideBody, "team" | "user_name">): string {
  return [role, user_email, starts_at, ends_at].join(" ");
}

async function overridesOf(call: Call, team: string): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query = { team, limit: limits.pageSize, ...(cursor && { cursor }) };
    const page: z.output<typeof listOverridesContract.response> = await call(listOverridesContract, {
      query,
    });
    for (const override of page.overrides) keys.add(keyOf(override));
    cursor = page.next_cursor;
  }
  return keys;
}

function serviceItem(
  call: Call,
  { service, ...desired }: Plan["services"][number],
  known: Attempt<ReadonlyMap<string, KnownService>>,
): Item {
  const write = () => {
    const { service: _, updated_at: __, ...settings } = known().get(service) ?? {};
    return call(putServiceContract, { params: { service }, body: { ...settings, ...desired } });
  };
  return {
    what: `service ${service} of ${desired.team}`,
    read: async () => {
      const present = known().get(service);
      return present && partOf(present, desired);
    },
    desired: partOf(
      presentService({ name: service, ...serviceFields(serviceInput.parse(desired)), updatedAt: 0 }),
      desired,
    ),
    create: write,
    replace: write,
  };
}

/** Returns the fields that are compared. The others of a service stay as they are. */
function partOf(present: object, desired: object): object {
  return Object.fromEntries(Object.entries(present).filter(([name]) => name in desired));
}

type ServicePage = z.output<typeof listServicesContract.response>;
type KnownService = ServicePage["services"][number];

async function servicesOf(call: Call): Promise<ReadonlyMap<string, KnownService>> {
  const known = new Map<string, KnownService>();
  for (let cursor: string | null = ""; cursor !== null; ) {
    const query = { limit: limits.pageSize, ...(cursor && { cursor }) };
    const page: ServicePage = await call(listServicesContract, { query });
    for (const each of page.services) known.set(each.service, each);
    cursor = page.next_cursor;
  }
  return known;
}

/** Returns the read value, or throws the read error, for each caller. */
type Attempt<T> = () => T;

async function attempt<T>(read: () => Promise<T>): Promise<Attempt<T>> {
  try {
    const value = await read();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

async function found<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  }
}

/** Normalizes to JSON, without undefined values. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}
