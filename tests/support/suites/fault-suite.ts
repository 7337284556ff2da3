/** Runs a scenario once for every call to the table, a queue or a provider, which goes wrong in each way that it can. */
import { describe, expect, test } from "vitest";
import { lazy } from "../../../shared/caching/lazy.ts";
import type { Channel } from "../../../shared/channels/channel-type.ts";
import type { AlertDraft } from "../../../shared/domain/alerts/alert.ts";
import type { RoutingRule } from "../../../shared/domain/alerts/routing.ts";
import { acceptAlerts } from "../../../shared/use-cases/alerts/accept-alerts.ts";
import { putRoutingRules } from "../../../shared/use-cases/alerts/put-routing-rules.ts";
import { changeIncident } from "../../../shared/use-cases/incidents/change-incident.ts";
import { createIncident } from "../../../shared/use-cases/incidents/create-incident.ts";
import { aDraft, aPolicy, aSchedule, minutes, monday, seconds } from "../builders.ts";
import { adaThenBob } from "../memory/escalation.ts";
import type { FaultKind } from "../memory/faults.ts";
import { type End, endOf } from "../memory/outcome.ts";
import { retryAtOnce } from "../memory/retry-at-once.ts";
import { copyOf, type TestSystem, testSystem } from "../memory/system.ts";

export interface Scenario {
  readonly name: string;
  /** Setup without faults. */
  readonly arrange?: (system: TestSystem) => Promise<unknown>;
  /** Channel of the providers. Default: accepts everything. */
  readonly channel?: Channel;
  /** Time in which pages are bundled. Default: never. */
  readonly bundlingMs?: number;
  /** Steps, one per minute. All effects of a step are processed before the next. */
  readonly steps: readonly ((system: TestSystem) => Promise<unknown>)[];
  /** At least so many calls are tried: a scenario that does nothing proves nothing. */
  readonly atLeastCalls: number;
}

export const stepMs = seconds(280);

export const post =
  (...drafts: Partial<AlertDraft>[]) =>
  (system: TestSystem) =>
    system.request(JSON.stringify([drafts, system.now()]), (now, ulid) =>
      acceptAlerts({ ...system.deps, ulid }, drafts.map(aDraft), now),
    );

/** Asked again at once until it is answered, without a key: it may be repeated by its nature. */
export function untilAnswered(ask: (system: TestSystem, at: number) => Promise<unknown>) {
  return async (system: TestSystem) => {
    const at = system.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask(system, at);
      } catch (error) {
        system.faults.revive();
        if (tries === 10) throw error;
      }
    }
  };
}

export const change =
  (to: "acknowledged" | "resolved", note: string | null = null, id?: string) =>
  async (system: TestSystem) => {
    const [latest] = (await system.seen.incidents.list({}, { limit: 1, after: null })).items;
    const at = system.now();
    const commands = [{ type: "move", to, actor: "ada" }] as const;
    return untilAnswered(() =>
      changeIncident(system.deps, id ?? latest?.id ?? "", { commands, note, actor: "ada" }, at),
    )(system);
  };

const manual = {
  title: "Checkout is slow",
  description: null,
  service: "checkout",
  severity: "high",
  team: null,
  assignedTo: null,
} as const;

export const openByHand = (system: TestSystem) =>
  system.request("open", (now, ulid) => createIncident({ ...system.deps, ulid }, manual, now, "ada"));

export const someoneOnCall = (system: TestSystem) =>
  system.deps.schedules.create(aSchedule({ team: "checkout" }));

/** Ada is primary and Bob is secondary; an incident escalates twice through both. */
export const twoLevels = async (system: TestSystem) => {
  await system.seen.schedules.create(aSchedule({ team: "checkout" }, adaThenBob));
  await system.seen.schedules.putPolicy("checkout", aPolicy({ delaySeconds: 300, repeat: 1 }));
};

export const rulesOf = (system: TestSystem, ...rules: RoutingRule[]) =>
  putRoutingRules({ ruleStore: system.seen.ruleStore }, rules, null, monday);

type Stage = (system: TestSystem) => Promise<unknown>;

/** Returns the steps, each with the processing of its effects, and last the processing of what they left to do. */
function stagesOf({ steps }: Scenario): Stage[] {
  const timed = steps.map((step, index): Stage => {
    return async (system) => {
      system.waitUntil(monday + minutes(60) + index * stepMs);
      await step(system);
      await system.settle({ within: stepMs - seconds(20) });
    };
  });
  return [...timed, (system) => system.settle()];
}

interface Undisturbed {
  /** Copies of the system before each stage, where runs whose fault comes later begin. */
  readonly before: readonly TestSystem[];
  /** Calls of each stage. */
  readonly calls: readonly number[];
  readonly end: End;
}

async function playUndisturbed(scenario: Scenario): Promise<Undisturbed> {
  const { channel, bundlingMs = 0 } = scenario;
  let system = testSystem({ bundlingMs, ...(channel && { channel }) });
  await scenario.arrange?.(system);
  await system.settle();
  const before: TestSystem[] = [];
  const calls: number[] = [];
  for (const stage of stagesOf(scenario)) {
    before.push(system);
    system = copyOf(system);
    await stage(system);
    calls.push(system.faults.calls);
  }
  return { before, calls, end: await endOf(system) };
}

/** Plays a scenario from the stage in which a call goes wrong. */
async function playWithFault(
  scenario: Scenario,
  before: TestSystem,
  fault: { stage: number; call: number; kind: FaultKind },
): Promise<End> {
  const system = copyOf(before);
  system.faults.plan((call) => (call === fault.call ? fault.kind : undefined));
  for (const stage of stagesOf(scenario).slice(fault.stage)) await stage(system);
  return endOf(system);
}

export const faultKinds = ["dies", "fails", "answer_lost"] as const;

/** Tests scenarios. Tests of the same file retry at once, too. */
export function faultSuite(scenarios: readonly Scenario[]): void {
  retryAtOnce();
  describe.each(scenarios)("$name", (scenario) => {
    const undisturbed = lazy(() => playUndisturbed(scenario));

    test.each(faultKinds)("ends the same when any one call %s", { timeout: 60_000 }, async (kind) => {
      const { before, calls, end } = await undisturbed();
      expect(calls.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(scenario.atLeastCalls);
      expect(end.violations).toEqual([]);
      for (const [stage, system] of before.entries()) {
        for (let call = 1; call <= (calls[stage] ?? 0); call += 1) {
          const disturbed = await playWithFault(scenario, system, { stage, call, kind });
          expect(disturbed, `stage ${stage} call ${call} ${kind}`).toEqual(end);
        }
      }
    });
  });
}
