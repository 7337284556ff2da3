/** From an alert to a page, with real stores, producers and consumers over fakes of the edges. */
import { describe, expect, test, vi } from "vitest";
import {
  aDraft,
  ada,
  aSchedule,
  aService,
  days,
  minutes,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import { incidentsOf, outcomesOf } from "../../../tests/support/memory/records.ts";
import { type TestSystem, testSystem } from "../../../tests/support/memory/system.ts";
import { autoResolveIncident } from "../incidents/auto-resolve-incident.ts";
import { changeIncident } from "../incidents/change-incident.ts";

const everything = { limit: 200, after: null };

/** Sends alerts in turn, each after a number of seconds. */
async function run(
  system: TestSystem,
  ...steps: [afterSeconds: number, fields: Parameters<typeof aDraft>[0]][]
) {
  for (const [afterSeconds, fields] of steps) {
    system.advance(seconds(afterSeconds));
    await system.receive(aDraft(fields));
    await system.pump();
  }
}

describe("correlation", () => {
  const keyed = { dedupKey: "a" };

  test("with a dedup key alerts go into the unresolved incident of service and key, however late", async () => {
    const system = testSystem();
    await run(system, [0, keyed], [1, keyed], [86_400, keyed]);
    expect(await incidentsOf(system)).toMatchObject([{ alertCount: 3, status: "open", number: 1 }]);
    expect(await outcomesOf(system)).toEqual(["new_incident", "existing_incident", "existing_incident"]);
  });

  test("an alert that follows another is added without reading their incident again", async () => {
    const system = testSystem();
    await run(system, [0, keyed], [1, keyed]);
    const find = vi.spyOn(system.deps.incidents, "find");
    const findByKey = vi.spyOn(system.deps.incidents, "findHolder");
    await run(system, [1, keyed]);
    expect(find).not.toHaveBeenCalled();
    expect(findByKey).not.toHaveBeenCalled();
    await run(system, [10, keyed]);
    expect(findByKey).toHaveBeenCalledOnce(); // It may have changed in ten seconds.
    expect(await incidentsOf(system)).toMatchObject([{ alertCount: 4 }]);
  });

  test("an alert after one that a person resolved in the same second opens another incident", async () => {
    const system = testSystem();
    await run(system, [0, keyed], [1, keyed]);
    const [incident] = await incidentsOf(system);
    const change = {
      commands: [{ type: "move", to: "resolved", actor: "ada" }],
      note: null,
      actor: "ada",
    } as const;
    await changeIncident(system.deps, incident?.id ?? "", change, system.now());
    await run(system, [0, keyed], [1, keyed]);
    expect((await incidentsOf(system)).toReversed()).toMatchObject([
      { alertCount: 2, status: "resolved" },
      { alertCount: 2, status: "open" },
    ]);
  });

  test("another service or another key is another incident", async () => {
    const system = testSystem();
    await run(system, [0, keyed], [1, { dedupKey: "b" }], [1, { ...keyed, service: "search" }]);
    expect(await incidentsOf(system)).toHaveLength(3);
  });

  test("without one, alerts within the window of the last one join, a later one opens another", async () => {
    const system = testSystem();
    await run(system, [0, {}], [300, {}], [300, {}], [301, {}]);
    expect(await outcomesOf(system)).toEqual([
      "new_incident",
      "existing_incident",
      "existing_incident",
      "new_incident",
    ]);
  });

  test("without one, another severity is another incident", async () => {
    const system = testSystem();
    await run(system, [0, { severity: "high" }], [1, { severity: "low" }]);
    expect(await outcomesOf(system)).toEqual(["new_incident", "new_incident"]);
  });

  test("without one, a keyed incident of the severity is joined, and hides none when it flaps", async () => {
    const system = testSystem();
    await run(system, [0, keyed], [1, {}]);
    expect(await incidentsOf(system)).toMatchObject([{ alertCount: 2 }]);

    const other = testSystem();
    await run(other, [0, {}], [1, keyed], [1, { ...keyed, action: "resolve" }], [1, {}]);
    expect(await incidentsOf(other)).toMatchObject([
      { dedupKey: "a", status: "resolved" },
      { dedupKey: null, status: "open", alertCount: 2 },
    ]);
  });

  test("a trigger on an acknowledged incident pages no one and leaves it acknowledged", async () => {
    const system = testSystem();
    await run(system, [0, keyed], [1, { ...keyed, action: "acknowledge" }], [1, keyed]);
    expect(await incidentsOf(system)).toMatchObject([{ status: "acknowledged", alertCount: 3 }]);
    expect(system.pages).toHaveLength(1);
  });

  test("a trigger after a resolve opens a new incident, and pages again", async () => {
    const system = testSystem();
    await run(system, [0, keyed], [1, { ...keyed, action: "resolve" }], [1, keyed]);
    expect(await incidentsOf(system)).toMatchObject([{ status: "open" }, { status: "resolved" }]);
    expect(system.pages).toHaveLength(2);
  });

  test.each(["acknowledge", "resolve"] as const)(
    "%s without an open incident is recorded as dropped",
    async (action) => {
      const system = testSystem();
      await run(system, [0, { ...keyed, action }]);
      expect((await system.seen.alerts.list({}, everything)).items).toMatchObject([
        { outcome: "dropped", incidentId: null },
      ]);
      expect(await incidentsOf(system)).toEqual([]);
    },
  );

  test("an incident has the links of its service, runbook first, and then those of its alerts", async () => {
    const system = testSystem();
    const wiki = { text: "Wiki", href: "https://wiki.example.com/" };
    const runbook = { text: "Runbook", href: "https://wiki.example.com/runbook" };
    await system.deps.services.put(aService({ runbookUrl: runbook.href, links: [wiki] }));
    const labels = (generator_url: string) => ({ runbook_url: runbook.href, generator_url });
    const [first, second] = [labels("http://prometheus/1"), labels("http://prometheus/2")];
    await run(system, [0, { ...keyed, labels: first }], [1, { ...keyed, labels: second }]);
    const source = (href: string) => ({ text: "Source", href });
    expect((await incidentsOf(system))[0]?.links).toEqual([
      runbook,
      wiki,
      source("http://prometheus/1"),
      source("http://prometheus/2"),
    ]);
  });

  test("a worse severity raises the incident's, a lesser one leaves it", async () => {
    const system = testSystem();
    const of = (severity: "low" | "high" | "medium") => ({ ...keyed, severity });
    await run(system, [0, of("low")], [1, of("high")], [1, of("medium")]);
    expect(await incidentsOf(system)).toMatchObject([{ severity: "high", alertCount: 3 }]);
  });

  test("a hundred triggers of one key at once are one incident, one page, a hundred counted alerts", async () => {
    const system = testSystem();
    const drafts = Array.from({ length: 100 }, () => aDraft(keyed));
    await Promise.all(drafts.map((draft) => system.receive(draft)));
    await system.settle();
    expect(await incidentsOf(system)).toMatchObject([{ alertCount: 100 }]);
    expect((await outcomesOf(system)).filter((outcome) => outcome === "new_incident")).toHaveLength(1);
    expect(system.pages).toHaveLength(1);
  });

  test("a resolve in the same request as its trigger, and as the next one, keeps its place", async () => {
    const system = testSystem();
    await system.receive(aDraft(keyed), aDraft({ ...keyed, action: "resolve" }), aDraft(keyed));
    await system.settle();
    expect(await incidentsOf(system)).toMatchObject([
      { status: "open", alertCount: 1 },
      { status: "resolved", alertCount: 2 },
    ]);
  });
});

test("alerts are counted by severity, by outcome, and without anyone on call", async () => {
  const system = testSystem();
  await run(system, [0, { dedupKey: "a" }], [1, { dedupKey: "a", severity: "low" }]);
  await run(system, [1, { dedupKey: "a", action: "resolve" }], [1, { dedupKey: "a", action: "resolve" }]);
  expect(system.counts).toEqual({
    "alerts_received_total critical": 3,
    "alerts_received_total low": 1,
    "alerts_correlated_total new_incident": 1,
    "alerts_correlated_total existing_incident": 2,
    "alerts_correlated_total dropped": 1,
    "coverage_gaps_total default": 1,
  });
});

describe("the owner of an incident", () => {
  test.each([
    { known: "service", team: "owners" },
    { known: "namesake", team: "checkout" },
    { known: "nothing", team: "default" },
  ] as const)("when $known is known is $team", async ({ known, team }) => {
    const system = testSystem();
    if (known === "service") {
      await system.deps.services.put(aService({ team }));
    }
    if (known !== "nothing") await system.deps.schedules.create(aSchedule({ team: "checkout" }));
    await run(system, [0, {}]);
    expect(await incidentsOf(system)).toMatchObject([{ team }]);
  });
});

describe("a page", () => {
  test("goes to the primary on call, once, and its delivery is recorded", async () => {
    const system = testSystem();
    await system.deps.schedules.create(aSchedule({ team: "checkout" }));
    await run(system, [0, {}]);
    expect(system.pages).toMatchObject([{ recipient: ada.email, channel: "email", severity: "critical" }]);
    expect((await system.seen.notifications.list({}, everything)).items).toMatchObject([
      { status: "sent", sentAt: monday, attempts: [{ ok: true, detail: "accepted" }] },
    ]);
  });

  test("goes to the fallback if no one is on call, and the timeline shows it", async () => {
    const system = testSystem();
    await system.deps.schedules.create(aSchedule({ team: "checkout" }, { startsOn: "2026-11-30" }));
    await run(system, [0, {}]);
    expect(system.pages).toMatchObject([{ recipient: "fallback@example.com" }]);
    const [incident] = await incidentsOf(system);
    const { events } = await system.seen.incidentEvents.history(incident?.id ?? "");
    expect(events.map(({ type }) => type).toSorted()).toEqual(["coverage_gap", "opened"]);
  });

  test("is not sent if the incident is acknowledged before anyone could be paged", async () => {
    const system = testSystem();
    await system.receive(aDraft({ dedupKey: "a" }));
    await system.deliverOne("alerts");
    const [incident] = await incidentsOf(system);
    const commands = [{ type: "move", to: "acknowledged", actor: "ada" }] as const;
    await changeIncident(system.deps, incident?.id ?? "", { commands, note: null, actor: "ada" }, monday);
    await system.settle();
    expect(system.pages).toEqual([]);
  });
});

describe("an incident that resolves itself", () => {
  const system = async () => {
    const system = testSystem();
    const service = aService({ team: "checkout", autoResolveSeconds: 3_600 });
    await system.deps.services.put(service);
    await run(system, [0, { dedupKey: "a" }]);
    return system;
  };

  test("does so after its quiet time, in delays that a queue allows", async () => {
    const quiet = await system();
    await quiet.settle({ within: minutes(59) });
    expect(await incidentsOf(quiet)).toMatchObject([{ status: "open" }]);
    await quiet.settle({ within: minutes(16) });
    expect(await incidentsOf(quiet)).toMatchObject([
      { status: "resolved", resolvedBy: "auto-resolve", resolvedAt: monday + minutes(60) },
    ]);
    const delays = quiet.sqs.batches.flat().flatMap(({ DelaySeconds }) => DelaySeconds ?? []);
    expect(Math.max(...delays)).toBeLessThanOrEqual(900);
  });

  test("does not if an alert is counted concurrently", async () => {
    const noisy = await system();
    noisy.waitUntil(monday + minutes(60));
    const [{ id: incidentId = "" } = {}] = await incidentsOf(noisy);
    const { incidents } = noisy.deps;
    let first = true;
    const deps = {
      ...noisy.deps,
      incidents: {
        ...incidents,
        async find(id: string) {
          const found = await incidents.find(id);
          if (first) {
            first = false;
            await noisy.receive(aDraft({ dedupKey: "a" }));
            await noisy.deliverOne("alerts");
          }
          return found;
        },
      },
    };
    const timer = { kind: "auto_resolve", incidentId, dueAt: noisy.now() } as const;
    expect(await autoResolveIncident(deps, timer, noisy.now())).toMatchObject({
      dueAt: monday + minutes(120),
    });
    expect(await incidentsOf(noisy)).toMatchObject([{ status: "open", alertCount: 2 }]);
  });

  test("does so also when its message is lost, by the sweep", async () => {
    const lossy = await system();
    lossy.queue("timers").remove(lossy.queue("timers").messages);
    lossy.waitUntil(monday + minutes(60));
    await lossy.sweep();
    expect(await incidentsOf(lossy)).toMatchObject([{ status: "resolved", resolvedBy: "auto-resolve" }]);
    expect(await lossy.seen.timers.due(lossy.now())).toEqual([]);
  });

  test("leaves alone one that a person resolved before", async () => {
    const answered = await system();
    const [incident] = await incidentsOf(answered);
    const commands = [{ type: "move", to: "resolved", actor: "ada" }] as const;
    await changeIncident(answered.deps, incident?.id ?? "", { commands, note: null, actor: "ada" }, monday);
    await answered.settle({ within: days(1) });
    expect(await incidentsOf(answered)).toMatchObject([{ resolvedBy: "ada", resolvedAt: monday }]);
    expect(await answered.seen.timers.due(answered.now())).toEqual([]);
  });

  test("waits on when another alert comes", async () => {
    const noisy = await system();
    await noisy.settle({ within: minutes(40) });
    noisy.advance(Math.max(0, monday + minutes(50) - noisy.now()));
    await noisy.receive(aDraft({ dedupKey: "a" }));
    await noisy.settle({ within: minutes(30) });
    expect(await incidentsOf(noisy)).toMatchObject([{ status: "open", alertCount: 2 }]);
    await noisy.settle({ within: days(1) });
    expect(await incidentsOf(noisy)).toMatchObject([{ resolvedAt: monday + minutes(110) }]);
  });
});

describe("an alert that says when it is over", () => {
  const firing = (system: TestSystem) => ({
    dedupKey: "a",
    startsAt: monday,
    endsAt: system.now() + minutes(4),
  });
  const say = async (system: TestSystem, fields: Parameters<typeof aDraft>[0] = {}) => {
    await system.receive(aDraft({ ...firing(system), ...fields }));
    await system.pump();
  };
  const resolve = async (system: TestSystem, actor: string) => {
    const [incident] = await incidentsOf(system);
    const commands = [{ type: "move", to: "resolved", actor }] as const;
    const change = { commands, note: null, actor };
    await changeIncident(system.deps, incident?.id ?? "", change, system.now());
  };

  test("resolves its incident then", async () => {
    const system = testSystem();
    await say(system);
    await system.settle({ within: minutes(3) });
    expect(await incidentsOf(system)).toMatchObject([{ status: "open" }]);
    await system.settle({ within: minutes(5) });
    expect(await incidentsOf(system)).toMatchObject([
      { status: "resolved", resolvedBy: "auto-resolve", resolvedAt: monday + minutes(4) },
    ]);
    expect(await system.seen.timers.due(monday + days(1))).toEqual([]);
  });

  test("is postponed when it repeats, also out of order", async () => {
    const system = testSystem();
    await say(system);
    system.waitUntil(monday + minutes(3));
    await say(system);
    await say(system, { endsAt: monday + minutes(5) });
    await system.settle({ within: days(1) });
    expect(await incidentsOf(system)).toMatchObject([{ alertCount: 3, resolvedAt: monday + minutes(7) }]);
  });

  test("does so though the queue lost the timer", async () => {
    const system = testSystem();
    await say(system);
    system.queue("timers").remove(system.queue("timers").messages);
    await system.settle({ within: minutes(6) });
    expect(await incidentsOf(system)).toMatchObject([{ status: "resolved" }]);
  });

  test("resolves nothing where another of the incident does not say so", async () => {
    const system = testSystem();
    await say(system);
    await say(system, { startsAt: undefined, endsAt: undefined });
    await say(system);
    await system.settle({ within: days(1) });
    expect(await incidentsOf(system)).toMatchObject([{ status: "open", alertCount: 3 }]);
  });

  test("opens no incident as a late repeat of a resolved one, until the window ends", async () => {
    const system = testSystem();
    await say(system);
    system.waitUntil(monday + minutes(1));
    await resolve(system, "ada");
    for (const at of [2, 6]) {
      system.waitUntil(monday + minutes(at));
      await say(system);
    }
    expect(await outcomesOf(system)).toEqual(["new_incident", "dropped", "dropped"]);
    system.advance(1);
    await say(system);
    expect(await outcomesOf(system)).toContain("new_incident");
    expect(await incidentsOf(system)).toMatchObject([{ status: "open" }, { resolvedBy: "ada" }]);
  });

  test("opens another incident if it started after that", async () => {
    const system = testSystem();
    await say(system);
    await resolve(system, "ada");
    system.advance(seconds(30));
    await say(system, { startsAt: system.now() });
    expect(await outcomesOf(system)).toEqual(["new_incident", "new_incident"]);
  });

  test("opens another incident when it had fallen silent in between", async () => {
    const system = testSystem();
    await say(system);
    await system.settle({ within: minutes(4) });
    await say(system);
    expect(await outcomesOf(system)).toEqual(["new_incident", "new_incident"]);
  });
});
