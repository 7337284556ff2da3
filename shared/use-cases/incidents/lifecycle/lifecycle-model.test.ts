/**
 * The lifecycle of incidents against a small model of the contract: people, alerts and time act in any order, several at
 * one time before anything is handled. Either they act at the very time at which a timer is due, or processes die, after
 * which timers fire late.
 */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { aDraft, aSchedule, aService, minutes, monday } from "../../../../tests/support/builders.ts";
import { adaThenBob } from "../../../../tests/support/memory/escalation.ts";
import { expectSound } from "../../../../tests/support/memory/outcome.ts";
import { incidentsOf } from "../../../../tests/support/memory/records.ts";
import { type TestSystem, testSystem } from "../../../../tests/support/memory/system.ts";
import { untilAnswered } from "../../../../tests/support/suites/fault-suite.ts";
import {
  type Allowed,
  acknowledgementTimeoutMs,
  LifecycleModel,
  type ModelIncident,
} from "../../../../tests/support/suites/lifecycle-model.ts";
import { Conflict } from "../../../domain/errors.ts";
import { firstPassOf, type Incident } from "../../../domain/incidents/incident.ts";
import { severities } from "../../../domain/severity.ts";
import { acceptAlerts } from "../../alerts/accept-alerts.ts";
import { changeIncident } from "../change-incident.ts";
import { reopenIncident, unacknowledgeIncident } from "./reopen-incident.ts";
import { snoozeIncident } from "./snooze-incident.ts";

/**
 * Commands happen at multiples of this. Everything else is due two to seven minutes after one, so a process that died
 * has caught up by the next one.
 */
const gridMs = minutes(10);

interface Real {
  readonly system: TestSystem;
  /** True if processes die. */
  readonly dying: boolean;
}

type Command = fc.AsyncCommand<LifecycleModel, Real>;

const remark = { actor: "ada", note: null };

/** Actions of people, in the model and for real. */
const actions: Readonly<
  Record<
    string,
    {
      readonly expected: (model: LifecycleModel, incident: ModelIncident) => Allowed;
      readonly act: (system: TestSystem, id: string, at: number) => Promise<unknown>;
    }
  >
> = {
  acknowledge: {
    expected: (model, incident) => model.acknowledge(incident),
    act: ({ deps }, id, at) => changeIncident(deps, id, move("acknowledged"), at),
  },
  resolve: {
    expected: (model, incident) => model.resolve(incident),
    act: ({ deps }, id, at) => changeIncident(deps, id, move("resolved"), at),
  },
  "snooze for 17 minutes": snoozing(17),
  "snooze for 47 minutes": snoozing(47),
  unacknowledge: {
    expected: (model, incident) => model.unacknowledge(incident),
    act: ({ deps }, id, at) => unacknowledgeIncident(deps, id, remark, at),
  },
  reopen: {
    expected: (model, incident) => model.reopen(incident),
    act: ({ deps }, id, at) => reopenIncident(deps, id, remark, at),
  },
};

function move(to: "acknowledged" | "resolved") {
  return { ...remark, commands: [{ type: "move", to, actor: "ada" } as const] };
}

function snoozing(forMinutes: number): (typeof actions)[string] {
  return {
    expected: (model, incident) => model.snooze(incident, minutes(forMinutes)),
    act: ({ deps }, id, at) => snoozeIncident(deps, id, at + minutes(forMinutes), remark, at),
  };
}

/** A person acts on one of the incidents. */
function respond(
  name: string,
  pick: number,
  when: "now" | "before the timer" | "after the timer",
  diesAt: number | null,
): Command {
  return {
    check: ({ incidents }) => incidents.length > 0,
    async run(model, { system, dying }) {
      const { expected, act } = actions[name] ?? {};
      const index = pick % model.incidents.length;
      const incident = model.incidents[index];
      const real = (await inOrder(system))[index];
      if (!expected || !act || !incident || !real) throw new Error("There is no such incident");
      if (!dying) await toTimer(model, system, when);
      dieAt(system, dying ? diesAt : null);
      const at = system.now();
      const answer = untilAnswered(() => settled(act(system, real.id, at)))(system);
      expect(await answer, name).toBe(expected(model, incident));
      if (when !== "now" || diesAt !== null) await toGrid(model, system);
    },
    toString: () => `${name} #${pick} ${when}${died(diesAt)}`,
  };
}

/** An alert arrives. */
function trigger(key: string, severity: (typeof severities)[number], diesAt: number | null): Command {
  return {
    check: () => true,
    async run(model, { system, dying }) {
      dieAt(system, dying ? diesAt : null);
      const draft = aDraft({ dedupKey: key, severity });
      // Alerts are correlated in order, and a person acts on what they see.
      await system.request(`alert ${system.now()} ${model.incidents.length} ${alerts++}`, (now, ulid) =>
        acceptAlerts({ ...system.deps, ulid }, [draft], now),
      );
      while (await system.deliverOne("alerts"));
      model.trigger(key, severity);
      if (diesAt !== null) await toGrid(model, system);
    },
    toString: () => `trigger ${key} ${severity}${died(diesAt)}`,
  };
}

let alerts = 0;

/** Time passes, and everything is handled when it is due. */
function wait(ms: number, diesAt: number | null): Command {
  return {
    check: () => true,
    async run(model, { system, dying }) {
      dieAt(system, dying ? diesAt : null);
      const until = model.now + ms;
      await system.settle({ within: until - system.now() });
      system.waitUntil(until);
      model.advanceTo(until);
      await expectEqual(model, system);
    },
    toString: () => `wait ${ms / minutes(1)} min${died(diesAt)}`,
  };
}

const died = (at: number | null) => (at === null ? "" : `, and a process dies at call ${at}`);

function dieAt({ faults }: TestSystem, at: number | null): void {
  faults.plan((call) => (call === at ? "dies" : undefined));
}

/** Handles everything until the next time of commands. */
async function toGrid(model: LifecycleModel, system: TestSystem): Promise<void> {
  const until = monday + Math.ceil((model.now + 1 - monday) / gridMs) * gridMs;
  await system.settle({ within: until - system.now() });
  system.waitUntil(until);
  model.advanceTo(until);
}

/** Waits until the next timer is due. */
async function toTimer(model: LifecycleModel, system: TestSystem, when: string): Promise<void> {
  const due = model.nextDue();
  if (when === "now" || due === null) return;
  await system.settle({ within: due.at - 1 - system.now() });
  system.waitUntil(due.at);
  if (when === "after the timer") {
    await system.pump();
    model.advanceTo(due.at);
  }
  model.now = due.at;
}

const settled = (answer: Promise<unknown>): Promise<Allowed> =>
  answer.then(
    () => "ok",
    (error) => {
      if (error instanceof Conflict) return "conflict";
      throw error;
    },
  );

/** Returns the incidents in the order of their opening. */
async function inOrder(system: TestSystem): Promise<readonly Incident[]> {
  return (await incidentsOf(system)).toSorted((a, b) => a.number - b.number);
}

async function expectEqual(model: LifecycleModel, system: TestSystem): Promise<void> {
  const real = await Promise.all((await inOrder(system)).map((incident) => seen(system, incident)));
  expect(real).toEqual(model.incidents.map(({ round: _, escalatesAt: __, ...incident }) => incident));
}

/** Returns what the model knows of an incident. */
async function seen({ seen }: TestSystem, incident: Incident) {
  const { events } = await seen.incidentEvents.history(incident.id);
  const pages = events.flatMap((event) =>
    event.type === "paging" || event.type === "escalated" ? [`${event.pass}.${event.level}`] : [],
  );
  const notifications = await seen.notifications.list(
    { incidentId: incident.id },
    { limit: 200, after: null },
  );
  const unsent = notifications.items.filter(
    ({ status, metadata: { pass } }) =>
      status !== "sent" && incident.status === "open" && Number(pass) >= firstPassOf(incident),
  );
  expect(unsent, "pages of the present round that were not sent").toEqual([]);
  return {
    key: incident.dedupKey,
    status: incident.status,
    severity: incident.severity,
    alertCount: incident.alertCount,
    firstAcknowledgedAt: incident.acknowledgedAt,
    snoozedUntil: incident.snoozedUntil ?? null,
    expiresAt: incident.acknowledgementExpiresAt ?? null,
    resolvedAt: incident.resolvedAt,
    pages,
  };
}

const sometimes = fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 });

const commands = fc.commands(
  [
    fc
      .tuple(fc.constantFrom("a", "b"), fc.constantFrom(...severities), sometimes)
      .map((parts) => trigger(...parts)),
    fc
      .tuple(
        fc.constantFrom(...Object.keys(actions)),
        fc.nat(3),
        fc.constantFrom("now", "now", "before the timer", "after the timer"),
        sometimes,
      )
      .map((parts) => respond(...parts)),
    fc
      .tuple(fc.constantFrom(minutes(10), minutes(30), minutes(120), minutes(8 * 24 * 60)), sometimes)
      .map((parts) => wait(...parts)),
  ],
  { maxCommands: 20, size: "+1" },
);

test("incidents have the lifecycle of the contract", { timeout: 240_000 }, async () => {
  // Retries of conflicting writes wait for no real time.
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  vi.setTimerTickMode("nextTimerAsync");
  await fc.assert(
    fc
      .asyncProperty(commands, fc.boolean(), async (commands, dying) => {
        const system = testSystem();
        await system.seen.schedules.create(aSchedule({ team: "checkout" }, adaThenBob));
        const service = { name: "checkout", team: "checkout" };
        await system.seen.services.put(
          aService({ ...service, acknowledgementTimeoutSeconds: acknowledgementTimeoutMs / 1_000 }),
        );
        const model = new LifecycleModel(monday);
        await fc.asyncModelRun(() => ({ model, real: { system, dying } }), commands);
        system.faults.plan(() => undefined);
        await wait(minutes(120), null).run(model, { system, dying: false });
        for (const { id } of await inOrder(system)) await actions.resolve?.act(system, id, system.now());
        await system.settle({ within: minutes(180) });
        await expectSound(system);
      })
      .afterEach(() => void vi.clearAllTimers()),
    { numRuns: 500 },
  );
  vi.useRealTimers();
});
