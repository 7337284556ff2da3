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

export const openManually = (system: TestSystem) =>
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

/** A step and the processing of its effects, or at last the processing of what the steps left to do. */
interface Stage {
  readonly step?: Scenario["steps"][number] | undefined;
  readonly startsAt: number;
  readonly endsAt: number;
}

function stagesOf({ steps }: Scenario): Stage[] {
  const start = monday + minutes(60);
  return [...steps, undefined].map((step, index) => {
    const startsAt = start + index * stepMs;
    return { step, startsAt, endsAt: startsAt + (step ? stepMs - seconds(20) : minutes(60)) };
  });
}

/** A moment between two deliveries. */
interface Moment {
  readonly system: TestSystem;
  readonly stage: number;
  /** True if the step of the stage has been done. */
  readonly isStepDone: boolean;
}

/**
 * Plays a scenario from a moment on.
 *
 * @param isOver asked in later moments in which there is nothing to do, for an early end
 * @param onDelivered called in the other moments
 */
async function play(
  scenario: Scenario,
  { system, stage: first, isStepDone }: Moment,
  isOver: (moment: Moment) => boolean,
  onDelivered?: (moment: Moment) => void,
): Promise<void> {
  for (const [stage, { step, startsAt, endsAt }] of stagesOf(scenario).entries()) {
    if (stage < first) continue;
    system.waitUntil(startsAt);
    if (stage > first || !isStepDone) await step?.(system);
    const moment = { system, stage, isStepDone: true };
    let ends = false;
    await system.settle({
      until: endsAt,
      isOver: () => {
        ends = isOver(moment);
        return ends;
      },
      onDelivered: onDelivered && (() => onDelivered(moment)),
    });
    if (ends) return;
  }
}

const nameOf = ({ system, stage }: Moment) => `${stage} ${system.fingerprint()}`;

interface Undisturbed {
  /** Moments in which disturbed runs begin, with the number of calls until the next one. */
  readonly moments: readonly (Moment & { readonly calls: number })[];
  readonly end: End;
  /** Ends of runs by the names of moments that they passed. */
  readonly ends: Map<string, End>;
}

async function playUndisturbed(scenario: Scenario): Promise<Undisturbed> {
  const { channel, bundlingMs = 0 } = scenario;
  const arranged = testSystem({ bundlingMs, ...(channel && { channel }) });
  await scenario.arrange?.(arranged);
  await arranged.settle();
  const system = copyOf(arranged);
  const began: { moment: Moment; callsBefore: number }[] = [
    { moment: { system: arranged, stage: 0, isStepDone: false }, callsBefore: 0 },
  ];
  const begin = (moment: Moment): Moment => {
    const copy = { ...moment, system: copyOf(system) };
    began.push({ moment: copy, callsBefore: system.faults.calls });
    return copy;
  };
  const idle: Moment[] = [];
  await play(
    scenario,
    { system, stage: 0, isStepDone: false },
    (moment) => {
      idle.push(begin(moment));
      return false;
    },
    begin,
  );
  const end = await endOf(system);
  const moments = began.map(({ moment, callsBefore }, index) => {
    const { callsBefore: callsAfter = system.faults.calls } = began[index + 1] ?? {};
    return { ...moment, calls: callsAfter - callsBefore };
  });
  return { moments, end, ends: new Map(idle.map((moment) => [nameOf(moment), end])) };
}

/** Plays on from a moment, with a call that goes wrong. A moment that another run has passed leads to the same end. */
async function playWithFault(
  scenario: Scenario,
  from: Moment,
  fault: { readonly call: number; readonly kind: FaultKind },
  ends: Map<string, End>,
): Promise<End> {
  const system = copyOf(from.system);
  let wentWrong = false;
  system.faults.plan((call) => {
    if (call !== fault.call) return undefined;
    wentWrong = true;
    return fault.kind;
  });
  const passed: string[] = [];
  const known = () => ends.get(passed.at(-1) ?? "");
  await play(scenario, { ...from, system }, (moment) => {
    if (!wentWrong) return false;
    passed.push(nameOf(moment));
    return known() !== undefined;
  });
  const end = known() ?? (await endOf(system));
  for (const name of passed) ends.set(name, end);
  return end;
}

export const faultKinds = ["dies", "fails", "answer_lost"] as const;

/**
 * Runs work on copies of a system, until each of its calls has gone wrong.
 *
 * @returns the number of calls
 */
export async function forEachCall(
  system: TestSystem,
  kind: FaultKind,
  run: (copy: TestSystem) => Promise<unknown>,
  check: (copy: TestSystem, name: string) => Promise<void>,
): Promise<number> {
  let calls = 1;
  for (let call = 1; call <= calls; call += 1) {
    const copy = copyOf(system);
    copy.faults.plan((number) => (number === call ? kind : undefined));
    await run(copy);
    calls = Math.max(calls, copy.faults.calls);
    copy.faults.plan(() => undefined);
    await check(copy, `call ${call}`);
  }
  return calls;
}

/** Tests scenarios. Tests of the same file retry at once, too. */
export function faultSuite(scenarios: readonly Scenario[]): void {
  retryAtOnce();
  describe.each(scenarios)("$name", (scenario) => {
    const undisturbed = lazy(() => playUndisturbed(scenario));

    test.each(faultKinds)("ends the same when any one call %s", async (kind) => {
      const { moments, end, ends } = await undisturbed();
      expect(moments.reduce((sum, { calls }) => sum + calls, 0)).toBeGreaterThanOrEqual(
        scenario.atLeastCalls,
      );
      expect(end.violations).toEqual([]);
      for (const [index, moment] of moments.entries()) {
        for (let call = 1; call <= moment.calls; call += 1) {
          const disturbed = await playWithFault(scenario, moment, { call, kind }, ends);
          expect(disturbed, `moment ${index} call ${call} ${kind}`).toEqual(end);
        }
      }
    });
  });
}
