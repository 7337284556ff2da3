/** What rules, silences and worse incidents make of alerts, on the whole way from their receipt to the page. */
import { describe, expect, test } from "vitest";
import { aDraft, aRule, aSilence, days, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { testWorld, type World } from "../../../tests/support/world.ts";
import type { AlertDraft } from "../../domain/alerts/alert.ts";
import type { RoutingRule } from "../../domain/alerts/routing.ts";
import { limits } from "../../domain/limits.ts";
import { changeIncident } from "../incidents/change-incident.ts";
import { putRoutingRules } from "./routing-rules.ts";
import { endSilence } from "./silences.ts";

const everything = { limit: 200, after: null };

const incidentsOf = async ({ seen }: World) => (await seen.incidents.list({}, everything)).items.toReversed();
const alertsOf = async ({ seen }: World) => (await seen.alerts.list({}, everything)).items.toReversed();
const outcomesOf = async (world: World) => (await alertsOf(world)).map(({ outcome }) => outcome);

async function worldWith(...rules: RoutingRule[]): Promise<World> {
  const world = testWorld();
  if (rules.length > 0) await putRoutingRules({ ruleStore: world.seen.ruleStore }, rules, null, monday);
  return world;
}

/** What comes, one after the other, each after a number of seconds. */
async function run(world: World, ...steps: [afterSeconds: number, fields: Partial<AlertDraft>][]) {
  for (const [afterSeconds, fields] of steps) {
    await until(world, world.now() + seconds(afterSeconds));
    await world.receive(aDraft(fields));
    await world.pump();
  }
}

/** Lets it be that time, with everything done that was due by then. */
async function until(world: World, instant: number): Promise<void> {
  await world.settle({ within: instant - world.now() });
  world.waitUntil(instant);
}

/** Lets it be so many minutes after the beginning. */
const at = (world: World, minute: number) => until(world, monday + minutes(minute));

const a = { dedupKey: "a" };
const resolveA = { ...a, action: "resolve" } as const;

describe("routing", () => {
  test("sets service, team and severity, and incidents are those of what it set", async () => {
    const world = await worldWith(
      aRule({ name: "db", service: "ledger", team: "storage", severity: "low", matchers: [] }),
    );
    await run(world, [0, a]);
    expect(await incidentsOf(world)).toMatchObject([
      { service: "ledger", team: "storage", severity: "low", dedupKey: "a", alertCount: 1 },
    ]);
    expect(await alertsOf(world)).toMatchObject([{ service: "ledger", route: { rules: ["db"] } }]);
  });

  test("the first rule that is met is followed, the next too if it lets them", async () => {
    const world = await worldWith(
      aRule({ name: "other", matchers: [{ field: "labels.env", op: "=", value: "test" }], drop: true }),
      aRule({ name: "first", severity: "low", continues: true }),
      aRule({ name: "second", matchers: [{ field: "severity", op: "=", value: "low" }], team: "night" }),
      aRule({ name: "third", team: "nobody" }),
    );
    await run(world, [0, a]);
    expect(await incidentsOf(world)).toMatchObject([{ severity: "low", team: "night" }]);
  });

  test("drops what nobody wants to hear of", async () => {
    const world = await worldWith(
      aRule({ matchers: [{ field: "labels.env", op: "=~", value: "test|dev.*" }], drop: true }),
    );
    await run(world, [0, { labels: { env: "dev-3" } }], [0, { labels: { env: "prod" } }]);
    expect(await outcomesOf(world)).toEqual(["dropped", "new_incident"]);
  });

  test("what senders call differently becomes one by a template", async () => {
    const world = await worldWith(aRule({ dedupKey: "{{labels.host}}/{{ service }}" }));
    const labels = { host: "db1" };
    await run(world, [0, { dedupKey: "x", labels }], [1, { dedupKey: "y", labels }], [1, { dedupKey: "z" }]);
    await run(world, [1, { dedupKey: "y", labels, action: "resolve" }]);
    expect(await incidentsOf(world)).toMatchObject([
      { dedupKey: "db1/checkout", status: "resolved", alertCount: 3 },
      { dedupKey: "/checkout", status: "open", alertCount: 1 },
    ]);
    expect(world.pages).toHaveLength(2);
  });

  test("a resolve that comes at once with its trigger keeps its place behind it", async () => {
    const world = await worldWith(aRule({ dedupKey: "{{labels.host}}" }));
    const of = (action: AlertDraft["action"]) => aDraft({ dedupKey: "x", labels: { host: "db1" }, action });
    await world.receive(of("trigger"), of("resolve"), of("trigger"));
    await world.settle();
    expect(await incidentsOf(world)).toMatchObject([{ alertCount: 2 }, { status: "open", alertCount: 1 }]);
  });

  test("a hundred at once that a rule makes one are one incident", async () => {
    const world = await worldWith(aRule({ dedupKey: "all" }));
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => world.receive(aDraft({ dedupKey: `${index}` }))),
    );
    await world.settle();
    expect(await incidentsOf(world)).toMatchObject([{ alertCount: 100 }]);
    expect(world.pages).toHaveLength(1);
  });

  test("a change holds for alerts received from then on, not for those that waited", async () => {
    const world = await worldWith(aRule({ team: "before" }));
    await world.receive(aDraft({ dedupKey: "waited" }));
    world.advance(seconds(1));
    await putRoutingRules({ ruleStore: world.seen.ruleStore }, [aRule({ team: "after" })], 1, world.now());
    await world.receive(aDraft({ dedupKey: "new" }));
    await world.settle();
    expect(await incidentsOf(world)).toMatchObject([{ team: "before" }, { team: "after" }]);
  });

  test("a rule that drops lets through what ends an incident that was there before it", async () => {
    const world = await worldWith();
    await run(world, [0, a]);
    await putRoutingRules(
      { ruleStore: world.seen.ruleStore },
      [aRule({ drop: true })],
      null,
      world.now() + 1,
    );
    await run(world, [1, a], [1, resolveA], [1, resolveA]);
    expect(await outcomesOf(world)).toEqual(["new_incident", "dropped", "existing_incident", "dropped"]);
    expect(await incidentsOf(world)).toMatchObject([{ status: "resolved", alertCount: 2 }]);
  });

  test("without rules nothing about an alert changes", async () => {
    const world = await worldWith();
    await run(world, [0, a]);
    const [alert] = await alertsOf(world);
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
    const world = await worldWith(group);
    await run(world, [0, of("a")], [10, { ...of("b"), service: "search" }], [10, of("c", "trigger", "us")]);
    expect(await incidentsOf(world)).toMatchObject([{ alertCount: 2 }, { alertCount: 1 }]);
    expect(world.pages).toHaveLength(2);
  });

  test("it is resolved when all of its alerts are, in whatever order", async () => {
    const world = await worldWith(group);
    await run(world, [0, of("a")], [1, of("b")], [1, of("a", "resolve")], [1, of("a", "resolve")]);
    expect(await incidentsOf(world)).toMatchObject([{ status: "open" }]);
    await run(world, [1, of("b", "resolve")]);
    expect(await incidentsOf(world)).toMatchObject([{ status: "resolved", alertCount: 4 }]);
    expect((await outcomesOf(world)).filter((outcome) => outcome === "dropped")).toHaveLength(1);
  });

  test("one that comes after the window opens another; each knows its own alerts", async () => {
    const world = await worldWith(group);
    await run(world, [0, of("a")], [301, of("b")], [1, of("a")], [1, of("a", "resolve")]);
    expect(await incidentsOf(world)).toMatchObject([
      { status: "resolved", alertCount: 3 },
      { status: "open", alertCount: 1 },
    ]);
  });

  test("alerts that are sent at once are counted once each", async () => {
    const world = await worldWith(group);
    const keys = Array.from({ length: 40 }, (_, index) => `${index % 20}`);
    await world.receive(...keys.map((key) => aDraft(of(key))));
    await world.settle();
    expect(await incidentsOf(world)).toMatchObject([{ alertCount: 40, group: { firing: { length: 20 } } }]);
    await world.receive(...keys.slice(20).map((key) => aDraft(of(key, "resolve"))));
    await world.settle();
    expect(await incidentsOf(world)).toMatchObject([{ status: "resolved", alertCount: 60 }]);
  });

  test("a full one lets no more in", async () => {
    const world = await worldWith(group);
    const count = limits.groupedAlerts + 5;
    await world.receive(...Array.from({ length: count }, (_, index) => aDraft(of(`${index}`))));
    await world.settle();
    expect(await incidentsOf(world)).toMatchObject([{ alertCount: limits.groupedAlerts }, { alertCount: 5 }]);
  });

  test("alerts without a key belong to it too, and nothing waits for their end", async () => {
    const world = await worldWith(group);
    await run(world, [0, of("a")], [1, { labels: { cluster: "eu" } }], [1, of("a", "resolve")]);
    expect(await incidentsOf(world)).toMatchObject([{ status: "resolved", alertCount: 3 }]);
  });
});

describe("a silence", () => {
  const silenced = async (fields: Parameters<typeof aSilence>[0] = {}) => {
    const world = testWorld();
    await world.seen.ruleStore.createSilence(aSilence(fields));
    return world;
  };

  test("keeps what it means from opening an incident, and nothing else", async () => {
    const world = await silenced();
    await run(world, [0, a], [1, { service: "search" }]);
    expect(await outcomesOf(world)).toEqual(["suppressed", "new_incident"]);
    expect(world.pages).toHaveLength(1);
  });

  test("what still is the case when it ends pages then, once, however often it was sent", async () => {
    const world = await silenced();
    await run(world, [0, { ...a, severity: "high" }], [60, { ...a, severity: "low", message: "worse" }]);
    await at(world, 9);
    expect(await incidentsOf(world)).toEqual([]);
    await at(world, 12);
    expect(await incidentsOf(world)).toMatchObject([
      { dedupKey: "a", severity: "high", createdAt: monday + minutes(10), alertCount: 1 },
    ]);
    expect(await outcomesOf(world)).toEqual(["suppressed", "suppressed", "new_incident"]);
    expect(world.pages).toHaveLength(1);
    expect((await world.seen.suppressedAlerts.due(world.now() + days(9), null)).items).toEqual([]);
  });

  test("what is over before it ends pages nobody", async () => {
    const world = await silenced();
    await run(world, [0, a], [60, resolveA]);
    await at(world, 15);
    expect(await outcomesOf(world)).toEqual(["suppressed", "dropped"]);
    expect(world.pages).toEqual([]);
  });

  test("what is over between its end and its alert's turn pages nobody", async () => {
    const world = await silenced();
    await run(world, [0, a]);
    world.waitUntil(monday + minutes(11));
    await world.receive(aDraft(resolveA));
    await world.sweep();
    await world.settle();
    expect(await outcomesOf(world)).toEqual(["suppressed", "dropped", "dropped"]);
    expect(await incidentsOf(world)).toEqual([]);
  });

  test("what comes again after its end is an incident, and is not sent once more", async () => {
    const world = await silenced();
    await run(world, [0, a]);
    world.waitUntil(monday + minutes(10) + 1);
    await world.receive(aDraft(a));
    await world.pump();
    await at(world, 15);
    expect(await incidentsOf(world)).toMatchObject([{ alertCount: 1 }]);
  });

  test("ended early, what it held back pages within a minute", async () => {
    const world = await silenced({ endsAt: monday + days(1) });
    await run(world, [0, a]);
    await at(world, 3);
    const [silence] = (await world.seen.ruleStore.listSilences(everything)).items;
    await endSilence({ ruleStore: world.seen.ruleStore }, silence?.id ?? "", world.now());
    world.advance(minutes(1));
    await world.sweep();
    await world.settle();
    expect(await incidentsOf(world)).toMatchObject([{ createdAt: monday + minutes(3), alertCount: 1 }]);
  });

  test("ended early while nothing is swept for hours, what it held back pages once that goes on", async () => {
    const world = await silenced({ endsAt: monday + days(1) });
    await run(world, [0, a]);
    const [silence] = (await world.seen.ruleStore.listSilences(everything)).items;
    await endSilence({ ruleStore: world.seen.ruleStore }, silence?.id ?? "", world.now());
    world.advance(minutes(150));
    await world.sweep();
    await world.settle();
    expect(await incidentsOf(world)).toMatchObject([{ createdAt: monday + minutes(150), alertCount: 1 }]);
    expect((await world.seen.ruleStore.endedEarly(null)).items).toEqual([]);
  });

  test("that takes the place of a longer one which was ended lets page at its own end", async () => {
    const world = await silenced({ endsAt: monday + days(1) });
    await run(world, [0, a]);
    const [silence] = (await world.seen.ruleStore.listSilences(everything)).items;
    await endSilence({ ruleStore: world.seen.ruleStore }, silence?.id ?? "", world.now() + 1);
    await world.seen.ruleStore.createSilence(aSilence({ endsAt: monday + minutes(5) }));
    await run(world, [1, a]);
    await at(world, 7);
    expect(await incidentsOf(world)).toMatchObject([{ createdAt: monday + minutes(5), alertCount: 1 }]);
  });

  test("in force again when another ends, it goes on holding back", async () => {
    const world = await silenced();
    await world.seen.ruleStore.createSilence(
      aSilence({ startsAt: monday + minutes(9), endsAt: monday + minutes(20) }),
    );
    await run(world, [0, a]);
    await at(world, 19);
    expect(await incidentsOf(world)).toEqual([]);
    await at(world, 22);
    expect(await incidentsOf(world)).toMatchObject([{ createdAt: monday + minutes(20) }]);
  });

  test("that recurs holds in its windows by the wall clock", async () => {
    const hours = [{ type: "daily", start: "11:30", end: "12:00" }] as const;
    const world = await silenced({
      endsAt: monday + days(30),
      windows: { timezone: "Europe/Berlin", hours },
    });
    await run(world, [0, a], [0, resolveA]);
    await at(world, 31);
    await run(world, [0, a]);
    expect(await outcomesOf(world)).toEqual(["new_incident", "existing_incident", "suppressed"]);
    await at(world, 62);
    expect((await incidentsOf(world)).at(-1)).toMatchObject({ createdAt: Date.UTC(2026, 10, 23, 11) });
  });

  test("lets alerts of an incident that is open already go on", async () => {
    const world = testWorld();
    await run(world, [0, a]);
    await world.seen.ruleStore.createSilence(aSilence());
    await run(world, [1, a], [1, resolveA]);
    expect(await incidentsOf(world)).toMatchObject([{ status: "resolved", alertCount: 3 }]);
  });

  test("does not wake what would have resolved itself meanwhile", async () => {
    const world = await silenced();
    const service = { name: "checkout", team: "checkout", autoResolveSeconds: 60, updatedAt: monday };
    await world.seen.services.put(service);
    await run(world, [0, a]);
    await at(world, 15);
    expect(await incidentsOf(world)).toEqual([]);
    expect((await world.seen.suppressedAlerts.due(world.now(), null)).items).toEqual([]);
  });

  test.each([
    ["does not wake what had fallen silent meanwhile", 4, 0],
    ["wakes what was said to last longer", 30, 1],
  ])("%s", async (_, endsAfter, incidents) => {
    const world = await silenced();
    await run(world, [0, { ...a, startsAt: monday, endsAt: monday + minutes(endsAfter) }]);
    await at(world, 15);
    expect(await incidentsOf(world)).toHaveLength(incidents);
    expect((await world.seen.suppressedAlerts.due(world.now(), null)).items).toEqual([]);
  });
});

describe("inhibition", () => {
  const waits = aRule({ inhibitedBy: "critical" });
  const warning = { dedupKey: "w", severity: "medium" } as const;
  const critical = { dedupKey: "c", severity: "critical" } as const;

  test("a warning waits while something worse of its service is unresolved, and pages when that is over", async () => {
    const world = await worldWith(waits);
    await run(world, [0, critical], [1, warning], [1, { ...warning, service: "search" }]);
    expect(await outcomesOf(world)).toEqual(["new_incident", "suppressed", "new_incident"]);
    await at(world, 10);
    expect(await incidentsOf(world)).toHaveLength(2);
    await run(world, [0, { ...critical, action: "resolve" }]);
    await at(world, 13);
    expect((await incidentsOf(world)).at(-1)).toMatchObject({
      dedupKey: "w",
      severity: "medium",
      status: "open",
    });
  });

  test("what becomes as bad as that itself pages at once, also if it comes right behind its warning", async () => {
    const world = await worldWith(waits);
    await run(world, [0, critical]);
    world.advance(seconds(1));
    await world.receive(aDraft(warning), aDraft({ ...warning, severity: "critical" }));
    await world.pump();
    expect(await outcomesOf(world)).toEqual(["new_incident", "suppressed", "new_incident"]);
    await at(world, 5);
    expect(await incidentsOf(world)).toMatchObject([
      { dedupKey: "c" },
      { dedupKey: "w", severity: "critical", alertCount: 1 },
    ]);
  });

  test("what came again and was over after the rule was taken away does not page once more", async () => {
    const world = await worldWith(waits);
    await run(world, [0, critical], [1, warning]);
    for (const _ of [1, 2])
      await putRoutingRules({ ruleStore: world.seen.ruleStore }, [], null, world.now() + 1);
    await run(world, [1, warning], [1, { ...warning, action: "resolve" }]);
    await run(world, [1, { ...critical, action: "resolve" }]);
    await at(world, 5);
    expect((await incidentsOf(world)).map(({ status }) => status)).toEqual(["resolved", "resolved"]);
    expect((await world.seen.suppressedAlerts.due(world.now() + days(9), null)).items).toEqual([]);
  });

  test("a warning that is over meanwhile pages nobody", async () => {
    const world = await worldWith(waits);
    await run(world, [0, critical], [1, warning], [1, { ...warning, action: "resolve" }]);
    await run(world, [1, { ...critical, action: "resolve" }]);
    await at(world, 5);
    expect(await incidentsOf(world)).toHaveLength(1);
  });

  test("it is seen behind later ones that are resolved", async () => {
    const world = await worldWith(waits);
    const other = { dedupKey: "d", severity: "critical" } as const;
    await run(world, [0, critical], [1, other], [1, { ...other, action: "resolve" }], [1, warning]);
    expect((await outcomesOf(world)).at(-1)).toBe("suppressed");
  });

  test("nothing waits for what is not worse than itself, nor without a rule", async () => {
    const world = await worldWith(waits);
    await run(world, [0, critical], [1, { dedupKey: "e", severity: "critical" }]);
    const plain = testWorld();
    await run(plain, [0, critical], [1, warning]);
    for (const each of [world, plain]) expect(await incidentsOf(each)).toHaveLength(2);
  });
});

describe("flapping", () => {
  const watched = aRule({ flapping: { swings: 2, windowSeconds: 600 } });

  test("after so many swings one incident stays through the others, and pages once", async () => {
    const world = await worldWith(watched);
    for (let swing = 0; swing < 6; swing += 1) await run(world, [20, a], [20, resolveA]);
    expect(await incidentsOf(world)).toMatchObject([
      { status: "resolved" },
      { status: "resolved" },
      { status: "open", title: expect.stringContaining("(flapping)"), alertCount: 8 },
    ]);
    expect(world.pages).toHaveLength(3);
  });

  test("it resolves itself when it has been over for the window", async () => {
    const world = await worldWith(watched);
    for (let swing = 0; swing < 3; swing += 1) await run(world, [20, a], [20, resolveA]);
    await at(world, 11);
    expect((await incidentsOf(world)).at(-1)).toMatchObject({ status: "open" });
    await at(world, 13);
    expect((await incidentsOf(world)).at(-1)).toMatchObject({
      status: "resolved",
      resolvedBy: "auto-resolve",
      resolvedAt: monday + seconds(120) + minutes(10),
    });
    expect(await world.seen.timers.due(world.now() + days(1))).toEqual([]);
  });

  test("what goes on firing stays, however long it is quiet", async () => {
    const world = await worldWith(watched);
    for (let swing = 0; swing < 3; swing += 1) await run(world, [20, a], [20, resolveA]);
    await run(world, [20, a]);
    await at(world, 50);
    expect((await incidentsOf(world)).at(-1)).toMatchObject({ status: "open" });
    await run(world, [0, resolveA]);
    await at(world, 90);
    expect((await incidentsOf(world)).at(-1)).toMatchObject({ status: "resolved" });
  });

  test("swings further apart are incidents like any other", async () => {
    const world = await worldWith(watched);
    for (let swing = 0; swing < 4; swing += 1) await run(world, [400, a], [1, resolveA]);
    expect((await incidentsOf(world)).map(({ status }) => status)).toEqual(Array(4).fill("resolved"));
  });

  test("a person may resolve it", async () => {
    const world = await worldWith(watched);
    for (let swing = 0; swing < 3; swing += 1) await run(world, [20, a], [20, resolveA]);
    const [{ id = "" } = {}] = (await incidentsOf(world)).slice(-1);
    const commands = [{ type: "move", to: "resolved", actor: "ada" }] as const;
    await changeIncident(world.deps, id, { commands, note: null, actor: "ada" }, world.now());
    await world.settle();
    expect((await incidentsOf(world)).at(-1)).toMatchObject({ resolvedBy: "ada" });
  });
});

test("rules that several people put at once without a version are put one after the other", async () => {
  const world = await worldWith();
  const lists = ["a", "b", "c", "d"].map((name) => [aRule({ name })]);
  const put = (rules: RoutingRule[]) => putRoutingRules(world.deps, rules, null, monday);
  const versions = (await Promise.all(lists.map(put))).map(({ version }) => version);
  expect(versions.toSorted()).toEqual([1, 2, 3, 4]);
});
