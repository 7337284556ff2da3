import { describe, expect, test } from "vitest";
import {
  aDraft,
  ada,
  aPolicy,
  aSchedule,
  aService,
  bob,
  cyd,
  minutes,
} from "../../../../tests/support/builders.ts";
import { at, incidentOf, opened } from "../../../../tests/support/memory/escalation.ts";
import { expectSound } from "../../../../tests/support/memory/outcome.ts";
import { type TestSystem, testSystem } from "../../../../tests/support/memory/system.ts";
import {
  change,
  faultSuite,
  post,
  twoLevels,
  untilAnswered,
} from "../../../../tests/support/suites/fault-suite.ts";
import { describeEvent } from "../../../domain/incidents/event-labels.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { mergeIncident } from "./merge-incident.ts";
import { reopenIncident, unacknowledgeIncident } from "./reopen-incident.ts";
import { updateIncident } from "./update-incident.ts";

const everything = { limit: 200, after: null };
const context = { actor: null, note: null };

type Update = Partial<Parameters<typeof updateIncident>[2]>;

const update = async (system: TestSystem, changes: Update, id?: string) =>
  updateIncident(
    system.deps,
    id ?? (await incidentOf(system)).id,
    { commands: [], note: null, actor: ada.email, ...changes },
    system.now(),
  );

const eventsOf = async (system: TestSystem, { id }: Incident) =>
  (await system.seen.incidentEvents.history(id)).events.map(({ type }) => type);

const cydAlone = { members: [{ ...cyd, role: "primary" as const }] };

/** The team search, in which Cyd is on call. */
const withSearch = async (system: TestSystem) => {
  await system.seen.schedules.create(aSchedule({ team: "search" }, cydAlone));
  await system.seen.schedules.putPolicy("search", aPolicy({ delaySeconds: 60, repeat: 1 }));
  await system.seen.services.put(aService({ name: "index", team: "search" }));
};

async function moved(changes: Update): Promise<TestSystem> {
  const system = await opened();
  await withSearch(system);
  await update(system, changes);
  return system;
}

const pagedAfter = (system: TestSystem, pages: number) =>
  system.pages.slice(pages).map(({ recipient }) => recipient);

describe("a move to another team", () => {
  test("opens an acknowledged incident for it, unassigned, and pages by its policy", async () => {
    const system = await opened();
    await withSearch(system);
    await change("acknowledged")(system);
    await system.settle({ within: minutes(1) });
    const pages = system.pages.length;
    await update(system, { team: "search" });
    await system.settle({ within: minutes(1.5) });
    const incident = await incidentOf(system);
    expect(incident).toMatchObject({ team: "search", status: "open", assignedTo: null });
    expect(await system.seen.incidents.findPolicy(incident.id)).toMatchObject({ repeat: 1 });
    expect(pagedAfter(system, pages)).toEqual([cyd.email, cyd.email]);
    expect((await eventsOf(system, incident)).slice(-4)).toEqual([
      "moved",
      "reopened",
      "paging",
      "escalated",
    ]);
    await system.settle();
    await expectSound(system);
  });

  test("assigns it as the same request says", async () => {
    const system = await moved({
      team: "search",
      commands: [{ type: "assign", to: bob, actor: ada.email }],
    });
    expect(await incidentOf(system)).toMatchObject({ team: "search", assignedTo: bob });
  });

  test("ends the escalation of the former team", async () => {
    const system = await opened();
    await withSearch(system);
    await update(system, { team: "search" });
    await system.settle();
    expect(system.pages.map(({ recipient }) => recipient).filter((each) => each === bob.email)).toEqual([]);
    await system.settle();
    await expectSound(system);
  });

  test("without anyone on call ends the escalation, and pages the fallback once", async () => {
    const system = await opened();
    await system.seen.services.put(aService({ name: "index", team: "search" }));
    const pages = system.pages.length;
    expect(await update(system, { service: "index" })).toMatchObject({ team: "search", escalation: null });
    await system.settle();
    expect(pagedAfter(system, pages)).toEqual([system.deps.fallbackEmail]);
    expect(await eventsOf(system, await incidentOf(system))).not.toContain("escalation_exhausted");
  });

  test("from a team without anyone on call begins a round, whose timer is stored", async () => {
    const system = await opened({ simpleSchedule: null });
    await withSearch(system);
    await update(system, { team: "search" });
    await system.pump();
    const { id, escalation } = await incidentOf(system);
    expect(escalation).toMatchObject({ level: 1, pass: 2, firstPass: 2 });
    const stored = await system.seen.timers.due(escalation?.nextAt ?? 0);
    expect(stored).toMatchObject([{ incidentId: id, kind: "escalation", pass: 2 }]);
  });

  test("pages the fallback for each team without anyone on call", async () => {
    const system = await opened({ simpleSchedule: null });
    for (const team of ["search", "billing"]) {
      await system.seen.services.put(aService({ name: team, team }));
      await update(system, { service: team });
      await system.settle({ within: minutes(1) });
    }
    const { fallbackEmail } = system.deps;
    expect(pagedAfter(system, 0)).toEqual([fallbackEmail, fallbackEmail, fallbackEmail]);
  });

  test("is not possible if the team does not exist", async () => {
    await expect(moved({ team: "none" })).rejects.toMatchObject({
      code: "invalid",
      faults: [{ path: "team" }],
    });
  });

  test.each([
    ["acknowledged", ["moved", "reopened", "acknowledged"]],
    ["resolved", ["moved", "reopened", "resolved"]],
  ] as const)("pages no one if the same request makes it %s", async (to, events) => {
    const system = await opened();
    await withSearch(system);
    await change("acknowledged")(system);
    await system.settle({ within: minutes(1) });
    const pages = system.pages.length;
    const updated = await update(system, {
      team: "search",
      commands: [{ type: "move", to, actor: cyd.email }],
      actor: cyd.email,
    });
    await system.settle({ within: minutes(10) });
    expect(updated).toMatchObject({ team: "search", status: to, escalation: null });
    if (to === "acknowledged") expect(updated).toMatchObject({ assignedTo: cyd });
    expect(pagedAfter(system, pages)).toEqual([]);
    expect((await eventsOf(system, updated)).slice(-3)).toEqual(events);
    expect(await system.seen.incidents.findPolicy(updated.id)).toMatchObject({ repeat: 1 });
    // Its next round follows the policy of the new team.
    if (to === "resolved") await reopenIncident(system.deps, updated.id, context, system.now());
    else await unacknowledgeIncident(system.deps, updated.id, context, system.now());
    await system.settle({ within: minutes(1.5) });
    expect(pagedAfter(system, pages)).toEqual([cyd.email, cyd.email]);
    await system.settle();
    await expectSound(system);
  });

  test("is not possible for an incident that was merged", async () => {
    const system = await opened();
    await withSearch(system);
    const source = await incidentOf(system);
    await system.receive(aDraft({ dedupKey: "b" }));
    await system.pump();
    const { id: into } = await incidentOf(system);
    await mergeIncident(system.deps, source.id, { into, note: null, actor: null }, system.now());
    for (const changes of [{ team: "search" }, { service: "index" }, { urgency: "low" as const }])
      await expect(update(system, changes, source.id)).rejects.toThrow("was merged into another");
  });

  test("changes only fields of a resolved incident", async () => {
    const system = await opened();
    await withSearch(system);
    await change("resolved")(system);
    await system.settle();
    const pages = system.pages.length;
    expect(await update(system, { team: "search", service: "index" })).toMatchObject({
      team: "search",
      service: "index",
      status: "resolved",
    });
    await system.settle();
    expect(pagedAfter(system, pages)).toEqual([]);
    await expect(update(system, { team: "none" })).rejects.toMatchObject({ code: "invalid" });
    // Reopened, it is the new team's: its policy pages Cyd every minute.
    const { id } = await incidentOf(system);
    await reopenIncident(system.deps, id, context, system.now());
    await system.settle({ within: minutes(1.5) });
    expect(pagedAfter(system, pages)).toEqual([cyd.email, cyd.email]);
  });
});

describe("a move to another service", () => {
  const labels = { dashboard_url: "https://board.example/" };
  const quiet = {
    name: "quiet",
    team: "checkout",
    urgency: "low",
    autoResolveSeconds: 3_600,
    acknowledgementTimeoutSeconds: 600,
    runbookUrl: "https://runbook.example",
  } as const;

  async function movedToQuiet(urgency?: "high"): Promise<TestSystem> {
    const system = testSystem();
    await twoLevels(system);
    await system.receive(aDraft({ dedupKey: "a", labels }));
    await system.pump();
    await system.seen.services.put(aService(quiet));
    if (urgency) await update(system, { urgency });
    await update(system, { service: "quiet" });
    return system;
  }

  test("takes over its timeouts, links and urgency", async () => {
    const system = await movedToQuiet();
    const incident = await incidentOf(system);
    expect(incident).toMatchObject({
      urgency: "low",
      acknowledgementTimeoutSeconds: 600,
      links: [
        { text: "Runbook", href: quiet.runbookUrl },
        { text: "Dashboard", href: labels.dashboard_url },
      ],
    });
    await at(system, 3_599);
    // Low urgency does not escalate.
    expect(system.pages.map(({ recipient }) => recipient)).toEqual([ada.email]);
    await at(system, 3_600);
    expect(await incidentOf(system)).toMatchObject({ status: "resolved", resolvedBy: "auto-resolve" });
    const { events } = await system.seen.incidentEvents.history(incident.id);
    expect(events.map(describeEvent)).toContain(
      "Urgency changed from high to low, as its new service requires",
    );
    await system.settle();
    await expectSound(system);
  });

  test("from low to high urgency pages from the first rule", async () => {
    const system = await movedToQuiet();
    await system.settle({ within: minutes(1) });
    await system.seen.services.put(aService({ name: "loud", team: "checkout" }));
    await update(system, { service: "loud" });
    await system.settle({ within: minutes(1) });
    expect(system.pages.map(({ recipient }) => recipient)).toEqual([ada.email, ada.email]);
    expect((await incidentOf(system)).autoResolveSeconds).toBeNull();
  });

  test("leaves the links of the old service behind, and keeps those of alerts", async () => {
    const system = await movedToQuiet();
    await update(system, { service: "loud" });
    expect((await incidentOf(system)).links).toEqual([{ text: "Dashboard", href: labels.dashboard_url }]);
  });

  test("keeps the urgency that a person has chosen", async () => {
    expect((await incidentOf(await movedToQuiet("high"))).urgency).toBeUndefined();
  });

  test("moves to its owner team", async () => {
    const system = await moved({ service: "index" });
    expect(await incidentOf(system)).toMatchObject({ service: "index", team: "search" });
  });

  test("leads the keys of both services to the incident", async () => {
    const system = await moved({ service: "index", team: "checkout" });
    await system.receive(aDraft({ dedupKey: "a" }), aDraft({ dedupKey: "a", service: "index" }));
    await system.settle({ within: minutes(1) });
    expect((await system.seen.incidents.list({}, everything)).items).toMatchObject([{ alertCount: 3 }]);
    await system.receive(aDraft({ dedupKey: "a", action: "resolve" }));
    await system.settle();
    expect((await incidentOf(system)).status).toBe("resolved");
    await system.settle();
    await expectSound(system);
  });

  test("is a conflict while another unresolved incident has the key", async () => {
    const system = await opened();
    await withSearch(system);
    const { id } = await incidentOf(system);
    await system.receive(aDraft({ dedupKey: "a", service: "index" }));
    await system.pump();
    await expect(update(system, { service: "index" }, id)).rejects.toMatchObject({ code: "conflict" });
    expect(await system.seen.incidents.find(id)).toMatchObject({ service: "checkout" });
  });
});

describe("a change of urgency", () => {
  test("to low stops the escalation, and to high pages from the first rule", async () => {
    const system = await opened();
    await update(system, { urgency: "low" });
    await system.settle();
    expect(system.pages.map(({ recipient }) => recipient)).toEqual([ada.email]);
    await update(system, { urgency: "high" });
    await system.settle({ within: minutes(1) });
    expect(system.pages.map(({ recipient }) => recipient)).toEqual([ada.email, ada.email]);
    expect((await incidentOf(system)).escalation).toMatchObject({ level: 1, pass: 2 });
    await system.settle();
    await expectSound(system);
  });
});

test("a description is changed once", async () => {
  const system = await opened();
  const describeIt = () =>
    update(system, { commands: [{ type: "describe", to: "since the deployment", actor: ada.email }] });
  expect(await describeIt()).toMatchObject({ description: "since the deployment" });
  await describeIt();
  expect(
    (await eventsOf(system, await incidentOf(system))).filter((type) => type === "description_changed"),
  ).toEqual(["description_changed"]);
});

faultSuite([
  {
    name: "an acknowledged incident that moves to another service and its team",
    arrange: async (system) => {
      await system.seen.schedules.create(aSchedule({ team: "checkout" }));
      await withSearch(system);
    },
    steps: [
      post({ dedupKey: "a" }),
      change("acknowledged"),
      untilAnswered(async (system, at) =>
        updateIncident(
          system.deps,
          (await incidentOf(system)).id,
          { commands: [], note: "yours", actor: ada.email, service: "index" },
          at,
        ),
      ),
      post({ dedupKey: "a", service: "index", action: "resolve" }),
    ],
    atLeastCalls: 20,
  },
]);
