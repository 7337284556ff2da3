import { describe, expect, test } from "vitest";
import { aDraft, minutes } from "../../../../tests/support/builders.ts";
import { expectSound, outcomeOf } from "../../../../tests/support/memory/outcome.ts";
import { type TestSystem, testSystem } from "../../../../tests/support/memory/system.ts";
import {
  change,
  faultKinds,
  faultSuite,
  forEachCall,
  post,
  twoLevels,
  untilAnswered,
} from "../../../../tests/support/suites/fault-suite.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { mergeIncident } from "./merge-incident.ts";

const everything = { limit: 200, after: null };

async function byKey(system: TestSystem, dedupKey: string): Promise<Incident> {
  const { items } = await system.seen.incidents.list({}, everything);
  const found = items.find((incident) => incident.dedupKey === dedupKey);
  if (!found) throw new Error(`There is no incident of ${dedupKey}`);
  return found;
}

const merge = (source: string, target: string) => async (system: TestSystem) => {
  const [from, into] = [await byKey(system, source), await byKey(system, target)];
  return untilAnswered((_, at) =>
    mergeIncident(system.deps, from.id, { into: into.id, note: null, actor: "ada" }, at),
  )(system);
};

/** Two open incidents, of the keys a and b. */
async function twoIncidents(): Promise<TestSystem> {
  const system = testSystem();
  await twoLevels(system);
  await system.receive(aDraft({ dedupKey: "a" }), aDraft({ dedupKey: "b" }));
  await system.pump();
  return system;
}

describe("a merge", () => {
  test("ends the pages of the source, and the target escalates as before", async () => {
    const system = await twoIncidents();
    await merge("a", "b")(system);
    await system.settle();
    const [a, b] = [await byKey(system, "a"), await byKey(system, "b")];
    expect([a.status, b.status]).toEqual(["resolved", "open"]);
    const escalations = async ({ id }: Incident) =>
      (await system.seen.incidentEvents.history(id)).events.filter(({ type }) => type === "escalated");
    expect(await escalations(a)).toEqual([]);
    expect(await escalations(b)).not.toEqual([]);
    await expectSound(system);
  });

  test("takes alerts that wait in the queue along", async () => {
    const system = await twoIncidents();
    await system.receive(aDraft({ dedupKey: "a", message: "again" }));
    await merge("a", "b")(system);
    await system.settle();
    expect((await system.seen.incidents.list({}, everything)).items).toHaveLength(2);
    expect(await byKey(system, "b")).toMatchObject({ alertCount: 3 });
    await expectSound(system);
  });

  test("leads later alerts over a chain of merges to the last target", async () => {
    const system = await twoIncidents();
    await system.receive(aDraft({ dedupKey: "c" }));
    await system.pump();
    await merge("a", "b")(system);
    await merge("b", "c")(system);
    await system.receive(aDraft({ dedupKey: "a" }), aDraft({ dedupKey: "b" }));
    await system.settle();
    expect(await byKey(system, "c")).toMatchObject({ alertCount: 5, mergedCount: 2 });
    await system.receive(...["a", "b", "c"].map((dedupKey) => aDraft({ dedupKey, action: "resolve" })));
    await system.settle();
    expect(await byKey(system, "c")).toMatchObject({ status: "resolved", alertCount: 8 });
    await expectSound(system);
  });

  test("ends with the target: the next alert of a merged key opens an incident", async () => {
    const system = await twoIncidents();
    await merge("a", "b")(system);
    await system.receive(...["a", "b"].map((dedupKey) => aDraft({ dedupKey, action: "resolve" })));
    await system.settle();
    await system.receive(aDraft({ dedupKey: "a" }));
    await system.settle();
    expect((await system.seen.incidents.list({ status: "open" }, everything)).items).toMatchObject([
      { dedupKey: "a", alertCount: 1 },
    ]);
    await expectSound(system);
  });

  test("of a resolved incident is a conflict while a third one has its key", async () => {
    const system = await twoIncidents();
    const first = await byKey(system, "a");
    await change("resolved", null, first.id)(system);
    await system.receive(aDraft({ dedupKey: "a" }));
    await system.pump();
    const third = await byKey(system, "a");
    const { id: into } = await byKey(system, "b");
    const mergeFirst = (target: string) =>
      mergeIncident(system.deps, first.id, { into: target, note: null, actor: null }, system.now());
    await expect(mergeFirst(into)).rejects.toThrow(
      `Incident ${third.number} has the key of incident ${first.number}`,
    );
    expect(await mergeFirst(third.id)).toMatchObject({ mergedInto: third.id });
  });

  test("of a resolved incident leads its key to the target, also from a later resolved one", async () => {
    const system = await twoIncidents();
    const first = await byKey(system, "a");
    await change("resolved", null, first.id)(system);
    await system.receive(aDraft({ dedupKey: "a" }), aDraft({ dedupKey: "a", action: "resolve" }));
    await system.settle({ within: minutes(1) });
    const { id: into } = await byKey(system, "b");
    await mergeIncident(system.deps, first.id, { into, note: null, actor: null }, system.now());
    await system.receive(aDraft({ dedupKey: "a" }));
    await system.settle();
    expect(await byKey(system, "b")).toMatchObject({ alertCount: 3, status: "open" });
    await expectSound(system);
  });

  test("into the same target again changes nothing", async () => {
    const system = await twoIncidents();
    const first = await merge("a", "b")(system);
    expect(await merge("a", "b")(system)).toMatchObject({ version: (first as Incident).version });
  });

  test("of both into each other merges one of them", async () => {
    const system = await twoIncidents();
    const results = await Promise.allSettled(
      [
        ["a", "b"],
        ["b", "a"],
      ].map(async ([from = "", to = ""]) => {
        const [source, target] = [await byKey(system, from), await byKey(system, to)];
        const request = { into: target.id, note: null, actor: null };
        return mergeIncident(system.deps, source.id, request, system.now());
      }),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await system.seen.incidents.list({ status: "open" }, everything)).items).toHaveLength(1);
  });
});

/** A merge while alerts of both incidents are handled: none is lost or counted twice. */
test.each(faultKinds)("a merge races with alerts of both incidents, and any one call %s", async (kind) => {
  const system = await twoIncidents();
  await system.receive(aDraft({ dedupKey: "a" }), aDraft({ dedupKey: "b" }));
  await forEachCall(
    system,
    kind,
    (copy) => Promise.all([copy.deliverOne("alerts"), merge("a", "b")(copy).catch(() => undefined)]),
    async (copy, name) => {
      await merge("a", "b")(copy);
      await copy.settle();
      const [a, b] = [await byKey(copy, "a"), await byKey(copy, "b")];
      expect(a, name).toMatchObject({ status: "resolved", mergedInto: b.id });
      expect(b, name).toMatchObject({ status: "open", alertCount: 4 });
      const { alerts, incidents } = await outcomeOf(copy);
      expect(
        incidents.flatMap(({ events }) => events).filter((each) => each.startsWith("merged")),
      ).toHaveLength(2);
      expect(alerts).toHaveLength(4);
      await expectSound(copy);
    },
  );
});

faultSuite([
  {
    name: "an incident that is merged, after which its alerts trigger and resolve",
    arrange: twoLevels,
    steps: [
      post({ dedupKey: "a" }, { dedupKey: "b" }),
      merge("a", "b"),
      post({ dedupKey: "a", message: "again" }),
      post({ dedupKey: "b", action: "resolve" }),
      post({ dedupKey: "a", action: "resolve" }),
    ],
    atLeastCalls: 20,
  },
]);
