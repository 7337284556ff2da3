/** Effects of rules, silences and inhibition, from the receipt of alerts to their pages. */
import { describe, expect, test } from "vitest";
import {
  aDraft,
  aRule,
  aService,
  aSilence,
  days,
  minutes,
  monday,
  permitted,
  seconds,
} from "../../../tests/support/builders.ts";
import { alertsOf, incidentsOf, outcomesOf } from "../../../tests/support/memory/records.ts";
import { type TestSystem, testSystem } from "../../../tests/support/memory/system.ts";
import type { AlertDraft } from "../../domain/alerts/alert.ts";
import type { RoutingRule } from "../../domain/alerts/routing.ts";
import type { Silence } from "../../domain/alerts/silence.ts";
import { Conflict } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { changeIncident } from "../incidents/change-incident.ts";
import { endSilence } from "./end-silence.ts";
import { putRoutingRules } from "./put-routing-rules.ts";
import { updateSilence } from "./update-silence.ts";

const everything = { limit: 200, after: null };

const silenceDeps = ({ seen: { ruleStore, services } }: TestSystem) => ({
  ruleStore,
  services,
  authorize: permitted,
});

/** Returns the incidents in the order in which they were opened. */
const openedBy = async (system: TestSystem) => (await incidentsOf(system)).toReversed();

async function systemWith(...rules: RoutingRule[]): Promise<TestSystem> {
  const system = testSystem();
  if (rules.length > 0) await putRoutingRules(silenceDeps(system), rules, null, monday);
  return system;
}

/** Sends alerts in turn, each after a number of seconds. */
async function run(system: TestSystem, ...steps: [afterSeconds: number, fields: Partial<AlertDraft>][]) {
  for (const [afterSeconds, fields] of steps) {
    await until(system, system.now() + seconds(afterSeconds));
    await system.receive(aDraft(fields));
    await system.pump();
  }
}

/** Lets it be that time, with everything done that was due by then. */
async function until(system: TestSystem, instant: number): Promise<void> {
  await system.settle({ within: instant - system.now() });
  system.waitUntil(instant);
}

/** Lets it be so many minutes after the beginning. */
const at = (system: TestSystem, minute: number) => until(system, monday + minutes(minute));

const a = { dedupKey: "a" };
const resolveA = { ...a, action: "resolve" } as const;

describe("routing", () => {
  test("sets service, team and severity, and incidents are those of what it set", async () => {
    const system = await systemWith(
      aRule({ name: "db", service: "ledger", team: "storage", severity: "low", matchers: [] }),
    );
    await run(system, [0, a]);
    expect(await openedBy(system)).toMatchObject([
      { service: "ledger", team: "storage", severity: "low", dedupKey: "a", alertCount: 1 },
    ]);
    expect(await alertsOf(system)).toMatchObject([{ service: "ledger", route: { rules: ["db"] } }]);
  });

  test("the first matching rule applies, and the next one too if the first continues", async () => {
    const system = await systemWith(
      aRule({ name: "other", matchers: [{ field: "labels.env", op: "=", value: "test" }], drop: true }),
      aRule({ name: "first", severity: "low", continues: true }),
      aRule({ name: "second", matchers: [{ field: "severity", op: "=", value: "low" }], team: "night" }),
      aRule({ name: "third", team: "nobody" }),
    );
    await run(system, [0, a]);
    expect(await openedBy(system)).toMatchObject([{ severity: "low", team: "night" }]);
  });

  test("drops matching alerts", async () => {
    const system = await systemWith(
      aRule({ matchers: [{ field: "labels.env", op: "=~", value: "test|dev.*" }], drop: true }),
    );
    await run(system, [0, { labels: { env: "dev-3" } }], [0, { labels: { env: "prod" } }]);
    expect(await outcomesOf(system)).toEqual(["dropped", "new_incident"]);
  });

  test("alerts with different names for one thing get the same key by a template", async () => {
    const system = await systemWith(aRule({ dedupKey: "{{labels.host}}/{{ service }}" }));
    const labels = { host: "db1" };
    await run(system, [0, { dedupKey: "x", labels }], [1, { dedupKey: "y", labels }], [1, { dedupKey: "z" }]);
    await run(system, [1, { dedupKey: "y", labels, action: "resolve" }]);
    expect(await openedBy(system)).toMatchObject([
      { dedupKey: "db1/checkout", status: "resolved", alertCount: 3 },
      { dedupKey: "/checkout", status: "open", alertCount: 1 },
    ]);
    expect(system.pages).toHaveLength(2);
  });

  test("a resolve that comes at once with its trigger keeps its place behind it", async () => {
    const system = await systemWith(aRule({ dedupKey: "{{labels.host}}" }));
    const of = (action: AlertDraft["action"]) => aDraft({ dedupKey: "x", labels: { host: "db1" }, action });
    await system.receive(of("trigger"), of("resolve"), of("trigger"));
    await system.settle();
    expect(await openedBy(system)).toMatchObject([{ alertCount: 2 }, { status: "open", alertCount: 1 }]);
  });

  test("a hundred at once that a rule makes one are one incident", async () => {
    const system = await systemWith(aRule({ dedupKey: "all" }));
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => system.receive(aDraft({ dedupKey: `${index}` }))),
    );
    await system.settle();
    expect(await openedBy(system)).toMatchObject([{ alertCount: 100 }]);
    expect(system.pages).toHaveLength(1);
  });

  test("a change holds for alerts received from then on, not for those that waited", async () => {
    const system = await systemWith(aRule({ team: "before" }));
    await system.receive(aDraft({ dedupKey: "waited" }));
    system.advance(seconds(1));
    await putRoutingRules(silenceDeps(system), [aRule({ team: "after" })], 1, system.now());
    await system.receive(aDraft({ dedupKey: "new" }));
    await system.settle();
    expect(await openedBy(system)).toMatchObject([{ team: "before" }, { team: "after" }]);
  });

  test("a rule that drops lets through what ends an incident that was there before it", async () => {
    const system = await systemWith();
    await run(system, [0, a]);
    await putRoutingRules(silenceDeps(system), [aRule({ drop: true })], null, system.now() + 1);
    await run(system, [1, a], [1, resolveA], [1, resolveA]);
    expect(await outcomesOf(system)).toEqual(["new_incident", "dropped", "existing_incident", "dropped"]);
    expect(await openedBy(system)).toMatchObject([{ status: "resolved", alertCount: 2 }]);
  });

  test("without rules nothing about an alert changes", async () => {
    const system = await systemWith();
    await run(system, [0, a]);
    const [alert] = await alertsOf(system);
    expect(alert).not.toHaveProperty("route");
  });
});

describe("grouping", () => {
  const group = aRule({ group: { by: ["labels.cluster"], windowSeconds: 300 } });
  const of = (dedupKey: string, action: AlertDraft["action"] = "trigger", cluster = "eu") => ({
    dedupKey,
    action,
    labels: { cluster },
  });

  test("alerts of equal values are one incident and one page, others another", async () => {
    const system = await systemWith(group);
    await run(system, [0, of("a")], [10, { ...of("b"), service: "search" }], [10, of("c", "trigger", "us")]);
    expect(await openedBy(system)).toMatchObject([{ alertCount: 2 }, { alertCount: 1 }]);
    expect(system.pages).toHaveLength(2);
  });

  test("it is resolved when all of its alerts are, in any order", async () => {
    const system = await systemWith(group);
    await run(system, [0, of("a")], [1, of("b")], [1, of("a", "resolve")], [1, of("a", "resolve")]);
    expect(await openedBy(system)).toMatchObject([{ status: "open" }]);
    await run(system, [1, of("b", "resolve")]);
    expect(await openedBy(system)).toMatchObject([{ status: "resolved", alertCount: 4 }]);
    expect((await outcomesOf(system)).filter((outcome) => outcome === "dropped")).toHaveLength(1);
  });

  test("one that comes after the window opens another; each knows its own alerts", async () => {
    const system = await systemWith(group);
    await run(system, [0, of("a")], [301, of("b")], [1, of("a")], [1, of("a", "resolve")]);
    expect(await openedBy(system)).toMatchObject([
      { status: "resolved", alertCount: 3 },
      { status: "open", alertCount: 1 },
    ]);
  });

  test("alerts that are sent at once are counted once each", async () => {
    const system = await systemWith(group);
    const keys = Array.from({ length: 40 }, (_, index) => `${index % 20}`);
    await system.receive(...keys.map((key) => aDraft(of(key))));
    await system.settle();
    expect(await openedBy(system)).toMatchObject([{ alertCount: 40, group: { firing: { length: 20 } } }]);
    await system.receive(...keys.slice(20).map((key) => aDraft(of(key, "resolve"))));
    await system.settle();
    expect(await openedBy(system)).toMatchObject([{ status: "resolved", alertCount: 60 }]);
  });

  test("a full one lets no more in", async () => {
    const system = await systemWith(group);
    const count = limits.groupedAlerts + 5;
    await system.receive(...Array.from({ length: count }, (_, index) => aDraft(of(`${index}`))));
    await system.settle();
    expect(await openedBy(system)).toMatchObject([{ alertCount: limits.groupedAlerts }, { alertCount: 5 }]);
  });

  test("alerts without a key belong to it too, and nothing waits for their end", async () => {
    const system = await systemWith(group);
    await run(system, [0, of("a")], [1, { labels: { cluster: "eu" } }], [1, of("a", "resolve")]);
    expect(await openedBy(system)).toMatchObject([{ status: "resolved", alertCount: 3 }]);
  });
});

describe("a silence", () => {
  const silenced = async (fields: Parameters<typeof aSilence>[0] = {}) => {
    const system = testSystem();
    await system.seen.ruleStore.createSilence(aSilence(fields));
    return system;
  };

  test("keeps only the alerts that it matches from opening an incident", async () => {
    const system = await silenced();
    await run(system, [0, a], [1, { service: "search" }]);
    expect(await outcomesOf(system)).toEqual(["suppressed", "new_incident"]);
    expect(system.pages).toHaveLength(1);
  });

  test("an alert that still fires when it ends pages then, once, however often it was sent", async () => {
    const system = await silenced();
    await run(system, [0, { ...a, severity: "high" }], [60, { ...a, severity: "low", message: "worse" }]);
    await at(system, 9);
    expect(await openedBy(system)).toEqual([]);
    await at(system, 12);
    expect(await openedBy(system)).toMatchObject([
      { dedupKey: "a", severity: "high", createdAt: monday + minutes(10), alertCount: 1 },
    ]);
    expect(await outcomesOf(system)).toEqual(["suppressed", "suppressed", "new_incident"]);
    const [paged, ...others] = (await system.seen.alerts.list({}, { limit: 3, after: null })).items;
    expect(others.map(({ releasedAs }) => releasedAs)).toEqual([paged?.id, paged?.id]);
    expect(system.pages).toHaveLength(1);
    expect((await system.seen.suppressedAlerts.due(system.now() + days(9), null)).items).toEqual([]);
  });

  test("the latest 21 alerts of a key show the one that was sent for them when it ended", async () => {
    const system = await silenced();
    const sent = Array.from({ length: 23 }, (_, index): [number, typeof a] => [index, a]);
    await run(system, ...sent);
    await at(system, 12);
    const [paged, ...others] = (await system.seen.alerts.list({}, { limit: 50, after: null })).items;
    expect(others.map(({ releasedAs }) => releasedAs)).toEqual([
      ...Array.from({ length: 21 }, () => paged?.id),
      undefined,
      undefined,
    ]);
  });

  test("an alert that ends before the silence does pages no one", async () => {
    const system = await silenced();
    await run(system, [0, a], [60, resolveA]);
    await at(system, 15);
    expect(await outcomesOf(system)).toEqual(["suppressed", "dropped"]);
    expect(system.pages).toEqual([]);
  });

  test("an alert that ends between the silence's end and its processing pages no one", async () => {
    const system = await silenced();
    await run(system, [0, a]);
    system.waitUntil(monday + minutes(11));
    await system.receive(aDraft(resolveA));
    await system.sweep();
    await system.settle();
    expect(await outcomesOf(system)).toEqual(["suppressed", "dropped", "dropped"]);
    expect(await openedBy(system)).toEqual([]);
  });

  test("an alert that comes again after its end opens an incident, and is not sent once more", async () => {
    const system = await silenced();
    await run(system, [0, a]);
    system.waitUntil(monday + minutes(10) + 1);
    await system.receive(aDraft(a));
    await system.pump();
    await at(system, 15);
    expect(await openedBy(system)).toMatchObject([{ alertCount: 1 }]);
  });

  test("ended early, pages suppressed alerts within a minute", async () => {
    const system = await silenced({ endsAt: monday + days(1) });
    await run(system, [0, a]);
    await at(system, 3);
    const [silence] = (await system.seen.ruleStore.listSilences(everything)).items;
    await endSilence(silenceDeps(system), silence?.id ?? "", system.now());
    system.advance(minutes(1));
    await system.sweep();
    await system.settle();
    expect(await openedBy(system)).toMatchObject([{ createdAt: monday + minutes(3), alertCount: 1 }]);
  });

  test("that ends early while nothing is swept for hours pages for its suppressed alerts once sweeps continue", async () => {
    const system = await silenced({ endsAt: monday + days(1) });
    await run(system, [0, a]);
    const [silence] = (await system.seen.ruleStore.listSilences(everything)).items;
    await endSilence(silenceDeps(system), silence?.id ?? "", system.now());
    system.advance(minutes(150));
    await system.sweep();
    await system.settle();
    expect(await openedBy(system)).toMatchObject([{ createdAt: monday + minutes(150), alertCount: 1 }]);
    expect((await system.seen.ruleStore.endedEarly(null)).items).toEqual([]);
  });

  describe("changed", () => {
    const change = async (system: TestSystem, fields: Partial<Silence>) => {
      const [silence] = (await system.seen.ruleStore.listSilences(everything)).items;
      return updateSilence(
        silenceDeps(system),
        silence?.id ?? "",
        (known) => ({ ...known, ...fields }),
        system.now(),
      );
    };

    test("so that it ends later, suppresses until then", async () => {
      const system = await silenced();
      await run(system, [0, a]);
      await change(system, { endsAt: monday + minutes(30) });
      await at(system, 29);
      expect(await openedBy(system)).toEqual([]);
      await at(system, 32);
      expect(await openedBy(system)).toMatchObject([{ createdAt: monday + minutes(30), alertCount: 1 }]);
    });

    test.each([
      ["other alerts", { matchers: [{ field: "service", op: "=", value: "other" }] }],
      [
        "other hours",
        { windows: { timezone: "UTC", hours: [{ type: "daily", start: "20:00", end: "21:00" }] } },
      ],
    ] as const)("to %s, pages suppressed alerts within a minute", async (_, fields) => {
      const system = await silenced({ endsAt: monday + days(1) });
      await run(system, [0, a]);
      await at(system, 3);
      await change(system, fields);
      system.advance(minutes(1));
      await system.sweep();
      await system.settle();
      expect(await openedBy(system)).toMatchObject([{ createdAt: monday + minutes(3), alertCount: 1 }]);
    });

    test("only in its comment, continues to suppress the same alerts", async () => {
      const system = await silenced();
      await run(system, [0, a]);
      await change(system, { comment: "still moving" });
      await at(system, 9);
      expect(await openedBy(system)).toEqual([]);
      expect((await system.seen.ruleStore.listSilences(everything)).items).toMatchObject([
        { comment: "still moving", version: 2 },
      ]);
    });

    test.each(["ended early", "over"])("after it is %s, is refused", async (how) => {
      const system = await silenced();
      const [silence] = (await system.seen.ruleStore.listSilences(everything)).items;
      const deps = silenceDeps(system);
      if (how === "over") await at(system, 10);
      else await endSilence(deps, silence?.id ?? "", system.now() - 1);
      await expect(change(system, {})).rejects.toThrow(Conflict);
    });
  });

  test("that replaces a longer, ended one pages at its own end", async () => {
    const system = await silenced({ endsAt: monday + days(1) });
    await run(system, [0, a]);
    const [silence] = (await system.seen.ruleStore.listSilences(everything)).items;
    await endSilence(silenceDeps(system), silence?.id ?? "", system.now() + 1);
    await system.seen.ruleStore.createSilence(aSilence({ endsAt: monday + minutes(5) }));
    await run(system, [1, a]);
    await at(system, 7);
    expect(await openedBy(system)).toMatchObject([{ createdAt: monday + minutes(5), alertCount: 1 }]);
  });

  test("that is in force again when another ends continues to suppress", async () => {
    const system = await silenced();
    await system.seen.ruleStore.createSilence(
      aSilence({ startsAt: monday + minutes(9), endsAt: monday + minutes(20) }),
    );
    await run(system, [0, a]);
    await at(system, 19);
    expect(await openedBy(system)).toEqual([]);
    await at(system, 22);
    expect(await openedBy(system)).toMatchObject([{ createdAt: monday + minutes(20) }]);
  });

  test("that recurs holds in its windows by the wall clock", async () => {
    const hours = [{ type: "daily", start: "11:30", end: "12:00" }] as const;
    const system = await silenced({
      endsAt: monday + days(30),
      windows: { timezone: "Europe/Berlin", hours },
    });
    await run(system, [0, a], [0, resolveA]);
    await at(system, 31);
    await run(system, [0, a]);
    expect(await outcomesOf(system)).toEqual(["new_incident", "existing_incident", "suppressed"]);
    await at(system, 62);
    expect((await openedBy(system)).at(-1)).toMatchObject({ createdAt: Date.UTC(2026, 10, 23, 11) });
  });

  test("lets alerts of an incident that is open already go on", async () => {
    const system = testSystem();
    await run(system, [0, a]);
    await system.seen.ruleStore.createSilence(aSilence());
    await run(system, [1, a], [1, resolveA]);
    expect(await openedBy(system)).toMatchObject([{ status: "resolved", alertCount: 3 }]);
  });

  test("does not release what resolved automatically in the meantime", async () => {
    const system = await silenced();
    const service = aService({ team: "checkout", autoResolveSeconds: 60 });
    await system.seen.services.put(service);
    await run(system, [0, a]);
    await at(system, 15);
    expect(await openedBy(system)).toEqual([]);
    expect((await system.seen.suppressedAlerts.due(system.now(), null)).items).toEqual([]);
  });

  test.each([
    ["does not release what was silent in the meantime", 4, 0],
    ["wakes what was said to last longer", 30, 1],
  ])("%s", async (_, endsAfter, incidents) => {
    const system = await silenced();
    await run(system, [0, { ...a, startsAt: monday, endsAt: monday + minutes(endsAfter) }]);
    await at(system, 15);
    expect(await openedBy(system)).toHaveLength(incidents);
    expect((await system.seen.suppressedAlerts.due(system.now(), null)).items).toEqual([]);
  });
});

describe("inhibition", () => {
  const waits = aRule({ inhibitedBy: "critical" });
  const warning = { dedupKey: "w", severity: "medium" } as const;
  const critical = { dedupKey: "c", severity: "critical" } as const;

  test("a warning waits while something worse of its service is unresolved, and pages when that is over", async () => {
    const system = await systemWith(waits);
    await run(system, [0, critical], [1, warning], [1, { ...warning, service: "search" }]);
    expect(await outcomesOf(system)).toEqual(["new_incident", "suppressed", "new_incident"]);
    await at(system, 10);
    expect(await openedBy(system)).toHaveLength(2);
    await run(system, [0, { ...critical, action: "resolve" }]);
    await at(system, 13);
    expect((await openedBy(system)).at(-1)).toMatchObject({
      dedupKey: "w",
      severity: "medium",
      status: "open",
    });
  });

  test("an alert that becomes as severe as the inhibiting one pages at once, also right behind its warning", async () => {
    const system = await systemWith(waits);
    await run(system, [0, critical]);
    system.advance(seconds(1));
    await system.receive(aDraft(warning), aDraft({ ...warning, severity: "critical" }));
    await system.pump();
    expect(await outcomesOf(system)).toEqual(["new_incident", "suppressed", "new_incident"]);
    await at(system, 5);
    expect(await openedBy(system)).toMatchObject([
      { dedupKey: "c" },
      { dedupKey: "w", severity: "critical", alertCount: 1 },
    ]);
  });

  test("an alert that came again and resolved after the rule was deleted does not page once more", async () => {
    const system = await systemWith(waits);
    await run(system, [0, critical], [1, warning]);
    for (const _ of [1, 2]) await putRoutingRules(silenceDeps(system), [], null, system.now() + 1);
    await run(system, [1, warning], [1, { ...warning, action: "resolve" }]);
    await run(system, [1, { ...critical, action: "resolve" }]);
    await at(system, 5);
    expect((await openedBy(system)).map(({ status }) => status)).toEqual(["resolved", "resolved"]);
    expect((await system.seen.suppressedAlerts.due(system.now() + days(9), null)).items).toEqual([]);
  });

  test("a warning that is resolved in the meantime pages no one", async () => {
    const system = await systemWith(waits);
    await run(system, [0, critical], [1, warning], [1, { ...warning, action: "resolve" }]);
    await run(system, [1, { ...critical, action: "resolve" }]);
    await at(system, 5);
    expect(await openedBy(system)).toHaveLength(1);
  });

  test("it is seen behind later ones that are resolved", async () => {
    const system = await systemWith(waits);
    const other = { dedupKey: "d", severity: "critical" } as const;
    await run(system, [0, critical], [1, other], [1, { ...other, action: "resolve" }], [1, warning]);
    expect((await outcomesOf(system)).at(-1)).toBe("suppressed");
  });

  test("suppresses no alert of an equal severity, and none without a rule", async () => {
    const system = await systemWith(waits);
    await run(system, [0, critical], [1, { dedupKey: "e", severity: "critical" }]);
    const plain = testSystem();
    await run(plain, [0, critical], [1, warning]);
    for (const each of [system, plain]) expect(await openedBy(each)).toHaveLength(2);
  });
});

describe("flapping", () => {
  const watched = aRule({ flapping: { swings: 2, windowSeconds: 600 } });

  test("after the limit of flaps, one incident stays through the others and pages once", async () => {
    const system = await systemWith(watched);
    for (let flap = 0; flap < 6; flap += 1) await run(system, [20, a], [20, resolveA]);
    expect(await openedBy(system)).toMatchObject([
      { status: "resolved" },
      { status: "resolved" },
      { status: "open", title: expect.stringContaining("(flapping)"), alertCount: 8 },
    ]);
    expect(system.pages).toHaveLength(3);
  });

  test("it resolves itself when it has been over for the window", async () => {
    const system = await systemWith(watched);
    for (let flap = 0; flap < 3; flap += 1) await run(system, [20, a], [20, resolveA]);
    await at(system, 11);
    expect((await openedBy(system)).at(-1)).toMatchObject({ status: "open" });
    await at(system, 13);
    expect((await openedBy(system)).at(-1)).toMatchObject({
      status: "resolved",
      resolvedBy: "auto-resolve",
      resolvedAt: monday + seconds(120) + minutes(10),
    });
    expect(await system.seen.timers.due(system.now() + days(1))).toEqual([]);
  });

  test("alerts that keep firing stay open, however long they are quiet", async () => {
    const system = await systemWith(watched);
    for (let flap = 0; flap < 3; flap += 1) await run(system, [20, a], [20, resolveA]);
    await run(system, [20, a]);
    await at(system, 50);
    expect((await openedBy(system)).at(-1)).toMatchObject({ status: "open" });
    await run(system, [0, resolveA]);
    await at(system, 90);
    expect((await openedBy(system)).at(-1)).toMatchObject({ status: "resolved" });
  });

  test("flaps further apart than the window open separate incidents", async () => {
    const system = await systemWith(watched);
    for (let flap = 0; flap < 4; flap += 1) await run(system, [400, a], [1, resolveA]);
    expect((await openedBy(system)).map(({ status }) => status)).toEqual(Array(4).fill("resolved"));
  });

  test("a person may resolve it", async () => {
    const system = await systemWith(watched);
    for (let flap = 0; flap < 3; flap += 1) await run(system, [20, a], [20, resolveA]);
    const [{ id = "" } = {}] = (await openedBy(system)).slice(-1);
    const commands = [{ type: "move", to: "resolved", actor: "ada" }] as const;
    await changeIncident(system.deps, id, { commands, note: null, actor: "ada" }, system.now());
    await system.settle();
    expect((await openedBy(system)).at(-1)).toMatchObject({ resolvedBy: "ada" });
  });
});

test("rules that several people put at once without a version are put one after the other", async () => {
  const system = await systemWith();
  const lists = ["a", "b", "c", "d"].map((name) => [aRule({ name })]);
  const put = (rules: RoutingRule[]) => putRoutingRules(system.deps, rules, null, monday);
  const versions = (await Promise.all(lists.map(put))).map(({ version }) => version);
  expect(versions.toSorted()).toEqual([1, 2, 3, 4]);
});
