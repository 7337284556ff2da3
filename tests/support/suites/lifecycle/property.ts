/**
 * The lifecycle of incidents against a small model of the contract: people, alerts and time act in any order, several at
 * one time before anything is handled. Either they act at the very time at which a timer is due, or processes die, after
 * which timers fire late.
 */
import fc from "fast-check";
import { expect } from "vitest";
import { firstPassOf, type Incident } from "../../../../shared/domain/incidents/incident.ts";
import { severities } from "../../../../shared/domain/severity.ts";
import { acceptAlerts } from "../../../../shared/use-cases/alerts/accept-alerts.ts";
import { aDraft, aSchedule, aService, minutes, monday } from "../../builders.ts";
import { adaThenBob } from "../../memory/escalation.ts";
import { expectSound } from "../../memory/outcome.ts";
import { incidentsOf } from "../../memory/records.ts";
import { type TestSystem, testSystem } from "../../memory/system.ts";
import { actions, perform } from "./actions.ts";
import { LifecycleModel, type ModelIncident, type ServiceName, services, teams } from "./model.ts";

/**
 * Commands happen at multiples of this. Everything else is due two to seven minutes after one, so a process that died
 * has caught up by the next one.
 */
const gridMs = minutes(10);

interface Real {
  readonly system: TestSystem;
  /** True if processes die. */
  readonly dying: boolean;
  /** IDs of known incidents in the order of their opening. */
  ids: readonly string[];
}

type Command = fc.AsyncCommand<LifecycleModel, Real>;

/** A person acts on one of the incidents, perhaps together with another one. */
function respond(
  name: string,
  picks: readonly [number, number],
  when: "now" | "before the timer" | "after the timer",
  diesAt: number | null,
): Command {
  return {
    check: ({ incidents }) => incidents.length > 0,
    async run(model, real) {
      const { system, dying } = real;
      const action = actions[name];
      const indexes = picks.map((pick) => pick % model.incidents.length);
      const [incident, other] = indexes.map((index) => model.incidents[index]);
      if (!dying) await toTimer(model, system, when);
      const ids = await idsOf(model, real);
      const [id, otherId] = indexes.map((index) => ids[index]);
      if (!action || !incident || !other || !id || !otherId) throw new Error(`Unknown: ${name} ${picks}`);
      dieAt(system, dying ? diesAt : null);
      expect(await perform(action, system, id, otherId), name).toBe(action.expected(model, incident, other));
      if (when !== "now" || diesAt !== null) await toGrid(model, system);
    },
    toString: () => `${name} #${picks.join(" #")} ${when}${died(diesAt)}`,
  };
}

/** An alert arrives. */
function trigger(
  service: ServiceName,
  key: string,
  severity: (typeof severities)[number],
  diesAt: number | null,
): Command {
  return {
    check: () => true,
    async run(model, { system, dying }) {
      dieAt(system, dying ? diesAt : null);
      const draft = aDraft({ service, dedupKey: key, severity });
      // Alerts are correlated in order, and a person acts on what they see.
      await system.request(`alert ${system.now()} ${model.incidents.length} ${alerts++}`, (now, ulid) =>
        acceptAlerts({ ...system.deps, ulid }, [draft], now),
      );
      while (await system.deliverOne("alerts"));
      model.trigger(service, key, severity);
      if (diesAt !== null) await toGrid(model, system);
    },
    toString: () => `trigger ${service} ${key} ${severity}${died(diesAt)}`,
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

/** Returns the incidents in the order of their opening. */
async function inOrder(system: TestSystem): Promise<readonly Incident[]> {
  return (await incidentsOf(system)).toSorted((a, b) => a.number - b.number);
}

/** Returns the IDs of the incidents in the order of their opening, and reads them only if there are more. */
async function idsOf(model: LifecycleModel, real: Real): Promise<readonly string[]> {
  if (real.ids.length < model.incidents.length) real.ids = (await inOrder(real.system)).map(({ id }) => id);
  return real.ids;
}

async function expectEqual(model: LifecycleModel, system: TestSystem): Promise<void> {
  const all = await inOrder(system);
  const positions = new Map(all.map(({ id }, index) => [id, index]));
  const real = await Promise.all(all.map((incident) => seen(system, incident, positions)));
  expect(real).toEqual(model.incidents);
}

/** Returns what the model knows of an incident. */
async function seen(
  { seen }: TestSystem,
  incident: Incident,
  positions: ReadonlyMap<string, number>,
): Promise<Record<keyof ModelIncident, unknown>> {
  const { events } = await seen.incidentEvents.history(incident.id);
  if (incident.status === "open") await expectSent(seen, incident);
  const pages = events.flatMap((event) =>
    event.type === "paging" || event.type === "escalated" ? [`${event.pass}.${event.level}`] : [],
  );
  const { service, team, status, severity, alertCount, resolvedAt, responders = [] } = incident;
  return {
    key: incident.dedupKey,
    service,
    team,
    status,
    severity,
    urgency: incident.urgency ?? "high",
    alertCount,
    firstAcknowledgedAt: incident.acknowledgedAt,
    snoozedUntil: incident.snoozedUntil ?? null,
    expiresAt: incident.acknowledgementExpiresAt ?? null,
    resolvedAt,
    mergedInto: incident.mergedInto === undefined ? null : positions.get(incident.mergedInto),
    responders: responders.map(({ email, askedAt, answeredAt }) => ({ email, askedAt, answeredAt })),
    pages,
  };
}

async function expectSent({ notifications }: TestSystem["seen"], incident: Incident): Promise<void> {
  const { items } = await notifications.list({ incidentId: incident.id }, { limit: 200, after: null });
  const unsent = items.filter(
    ({ status, metadata: { pass } }) => status !== "sent" && Number(pass) >= firstPassOf(incident),
  );
  expect(unsent, "pages of the present round that were not sent").toEqual([]);
}

const sometimes = fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 });

const commands = fc.commands(
  [
    fc
      .tuple(
        fc.constantFrom<ServiceName[]>("checkout", "checkout", "index"),
        fc.constantFrom("a", "b"),
        fc.constantFrom(...severities),
        sometimes,
      )
      .map((parts) => trigger(...parts)),
    fc
      .tuple(
        fc.constantFrom(...Object.keys(actions), "merge", "merge", "reopen"),
        fc.tuple(fc.nat(3), fc.nat(3)),
        fc.constantFrom("now", "now", "before the timer", "after the timer"),
        sometimes,
      )
      .map((parts) => respond(...parts)),
    fc
      .tuple(fc.constantFrom(minutes(10), minutes(30), minutes(120), minutes(8 * 24 * 60)), sometimes)
      .map((parts) => wait(...parts)),
  ],
  { maxCommands: 16, size: "+1" },
);

async function systemOfServices(): Promise<TestSystem> {
  const system = testSystem();
  for (const team of teams) await system.seen.schedules.create(aSchedule({ team }, adaThenBob));
  for (const [name, { acknowledgementTimeoutMs, ...service }] of Object.entries(services)) {
    const acknowledgementTimeoutSeconds = acknowledgementTimeoutMs / 1_000;
    await system.seen.services.put(aService({ name, ...service, acknowledgementTimeoutSeconds }));
  }
  return system;
}

/** Incidents have the lifecycle of the contract. */
export const lifecycleProperty = fc.asyncProperty(commands, fc.boolean(), async (commands, dying) => {
  const system = await systemOfServices();
  const model = new LifecycleModel(monday);
  const real: Real = { system, dying, ids: [] };
  await fc.asyncModelRun(() => ({ model, real }), commands);
  system.faults.plan(() => undefined);
  await wait(minutes(120), null).run(model, { ...real, dying: false });
  for (const id of await idsOf(model, real)) await actions.resolve?.act(system, id, id, system.now());
  await system.settle({ within: minutes(180) });
  await expectSound(system);
});
