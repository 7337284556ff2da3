/** Hours of escalation in milliseconds: who is paged when, and where the incident stands meanwhile. */
import { describe, expect, test } from "vitest";
import {
  ada,
  anIncident,
  anOverride,
  aPolicy,
  aSchedule,
  bob,
  cyd,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import {
  answer,
  at,
  climbOf,
  incidentOf,
  opened,
  placeOf,
  team,
  timelineOf,
} from "../../../tests/support/escalation.ts";
import { expectSound } from "../../../tests/support/outcome.ts";
import { removeSchedule } from "../../../tests/support/remove-schedule.ts";
import type { World } from "../../../tests/support/world.ts";
import { Conflict, NotFound } from "../../domain/errors.ts";
import { onIncidentEvent } from "../incidents/on-incident-event.ts";
import { fireTimer } from "../incidents/timers.ts";
import { escalateManually, fireEscalation } from "./escalate.ts";
import { putPolicy } from "./policies.ts";

const hour = 3_600;

describe("by the default policy", () => {
  test("the primary is paged at once, the secondary after 300 s, nobody after that", async () => {
    const world = await opened();
    expect(await climbOf(world)).toEqual(["0 1.1 ada"]);
    expect(await placeOf(world)).toBe("1.1 until 300");
    await at(world, 299);
    expect(await placeOf(world)).toBe("1.1 until 300");
    await at(world, 300);
    expect(await placeOf(world)).toBe("1.2 stays");
    await at(world, 24 * hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
    expect(await placeOf(world)).toBe("1.2 stays");
    expect(await timelineOf(world)).toEqual(["opened", "paging", "escalated"]);
    await expectSound(world);
  });

  test("without a secondary of its own, a team's next primary is paged second", async () => {
    const members = [ada, cyd].map((person) => ({ ...person, role: "primary" as const }));
    const world = await opened({ simpleSchedule: { members } });
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "300 1.2 cyd"]);
  });
});

describe("by a policy of the team", () => {
  test("each rule waits its own delay, the last one too before the next pass", async () => {
    const policy = {
      rules: aPolicy({ rules: [["primary"], ["secondary", "boss@example.com"]] }).rules.map(
        (rule, index) => ({
          ...rule,
          delaySeconds: [60, 600][index] ?? 0,
        }),
      ),
      repeat: 1,
    };
    const world = await opened({ policy });
    await at(world, 60);
    expect(await placeOf(world)).toBe("1.2 until 660");
    await at(world, 660);
    expect(await placeOf(world)).toBe("2.1 until 720");
    await at(world, hour);
    expect(await placeOf(world)).toBe("2.2 stays");
    expect(await climbOf(world)).toEqual([
      "0 1.1 ada",
      "60 1.2 bob",
      "60 1.2 boss",
      "660 2.1 ada",
      "720 2.2 bob",
      "720 2.2 boss",
    ]);
    await expectSound(world);
  });

  test("one person reached by two targets of a rule is paged once", async () => {
    const world = await opened({ policy: aPolicy({ rules: [["primary", ada.email, "primary"]] }) });
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada"]);
    expect(world.pages).toHaveLength(1);
  });

  test("a delay of hours goes in hops that a queue can carry, and ends at its second", async () => {
    const world = await opened({ policy: aPolicy({ delaySeconds: 2 * hour }) });
    await at(world, 2 * hour - 1);
    expect(await climbOf(world)).toEqual(["0 1.1 ada"]);
    await at(world, 2 * hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "7200 1.2 bob"]);
    const delays = world.sqs.batches.flat().flatMap(({ DelaySeconds }) => DelaySeconds ?? []);
    expect(delays.filter((delay) => delay > 0)).toEqual(Array(8).fill(900));
  });

  test("one that is changed after the incident opened changes nothing for that incident", async () => {
    const nobodyElse = aPolicy({ rules: [["cyd@example.com"]], delaySeconds: 1, repeat: 5 });
    for (const policy of [undefined, aPolicy({ delaySeconds: 300 })]) {
      const world = await opened(policy ? { policy } : {});
      await putPolicy(world.deps, team, nobodyElse, monday);
      await at(world, hour);
      expect(await climbOf(world)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
    }
  });
});

describe("a target is resolved when its rule fires", () => {
  const twice = aPolicy({ rules: [["primary"], ["primary"]], delaySeconds: 300 });

  test("after a handoff the next person is paged", async () => {
    const members = [ada, bob].map((person) => ({ ...person, role: "primary" as const }));
    const simpleSchedule = {
      rotationType: "daily",
      handoffTime: "10:05",
      startsOn: "2026-11-22",
      members,
    } as const;
    const world = await opened({ simpleSchedule, policy: twice });
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
  });

  test("during an override whoever took over is paged, and who was relieved is not", async () => {
    const world = await opened({ policy: twice });
    await world.seen.schedules.putOverride(anOverride({ team, start: monday + seconds(1), person: cyd }));
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "300 1.2 cyd"]);
  });

  test("by a schedule that was changed since", async () => {
    const world = await opened({ policy: twice });
    const next = aSchedule(
      { team, inForceFrom: monday + seconds(9) },
      { members: [{ ...cyd, role: "primary" }] },
    );
    const superseded = { ...aSchedule({ team }), inForceUntil: monday + seconds(9) };
    await world.seen.schedules.supersede(superseded, { ...next, version: 1 });
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "300 1.2 cyd"]);
  });

  test("when the rules that remain reach nobody, the fallback is paged once", async () => {
    const world = await opened({ policy: aPolicy({ repeat: 3 }) });
    await removeSchedule(world.seen.schedules, team);
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "60 1.0 fallback"]);
    expect(await placeOf(world)).toBe("1.1 stays");
    expect(await timelineOf(world)).toEqual(["opened", "paging", "escalation_exhausted", "coverage_gap"]);
    expect(world.counts[`coverage_gaps_total ${team}`]).toBe(1);
    await expectSound(world);
  });

  test("when somebody answered before the rules that reach nobody, the fallback is not paged", async () => {
    const world = await opened();
    await removeSchedule(world.seen.schedules, team);
    await answer(world, "acknowledged");
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada"]);
  });

  test("a team of one is paged once, then the fallback", async () => {
    const world = await opened({ simpleSchedule: { members: [{ ...ada, role: "primary" }] } });
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "300 1.0 fallback"]);
    await expectSound(world);
  });
});

describe("a gap in coverage", () => {
  const onlySecondary = { members: [{ ...bob, role: "secondary" as const }] };

  test("at the first level costs no time: the second is paged at once", async () => {
    const world = await opened({ simpleSchedule: onlySecondary });
    expect(await climbOf(world)).toEqual(["0 1.2 bob"]);
    expect(await placeOf(world)).toBe("1.2 stays");
  });

  test("in the middle costs none either", async () => {
    const policy = aPolicy({ rules: [["secondary"], ["primary"], ["boss@example.com"]] });
    const world = await opened({ simpleSchedule: onlySecondary, policy });
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 bob", "60 1.3 boss"]);
  });

  test.each([
    { known: "a schedule that has not begun", options: { simpleSchedule: { startsOn: "2026-11-30" } } },
    { known: "nothing", options: { simpleSchedule: null } },
    {
      known: "a policy for a role that nobody plays",
      options: { simpleSchedule: onlySecondary, policy: aPolicy({ rules: [["primary"]], repeat: 9 }) },
    },
  ])("at every level pages the fallback, once; of the team is known: $known", async ({ options }) => {
    const world = await opened(options);
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.0 fallback"]);
    expect(await placeOf(world)).toBeNull();
    expect(await timelineOf(world)).toEqual(["opened", "coverage_gap"]);
    expect(world.lines).toContainEqual(expect.objectContaining({ level: "warn", message: "coverage gap" }));
    await expectSound(world);
  });
});

describe("an answer", () => {
  test.each(["acknowledged", "resolved"] as const)("ends the climb: %s", async (to) => {
    const world = await opened({ policy: aPolicy({ repeat: 3 }) });
    await at(world, 70);
    await answer(world, to);
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "60 1.2 bob"]);
    expect(await placeOf(world)).toBe(to === "resolved" ? null : "1.2 stays");
    await expectSound(world);
  });

  test("committed before the timer fires wins, also when its message is on its way", async () => {
    const world = await opened();
    world.waitUntil(monday + seconds(300));
    await answer(world, "acknowledged");
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada"]);
    expect(await timelineOf(world)).toEqual(["opened", "paging", "acknowledged"]);
  });

  test("committed while the timer is firing wins", async () => {
    const world = await opened();
    world.waitUntil(monday + seconds(300));
    await fireEscalation(
      interrupted(world, () => answer(world, "acknowledged")),
      dueTimer(await incidentOf(world)),
      world.now(),
    );
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada"]);
    expect(await placeOf(world)).toBe("1.1 stays");
  });

  test("just behind the timer still spares the next level its page", async () => {
    const world = await opened();
    world.waitUntil(monday + seconds(300));
    await world.deliverOne("timers");
    await answer(world, "acknowledged");
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada"]);
    await expectSound(world);
  });
});

describe("whatever queues do", () => {
  test("a timer whose message was lost is caught by the sweep within a minute", async () => {
    const world = await opened({ policy: aPolicy({ delaySeconds: 300, repeat: 1 }) });
    for (const second of [0, 400, 800]) {
      await at(world, second);
      world.queue("timers").remove([...world.queue("timers").messages]);
    }
    await at(world, 2 * hour);
    const times = (await climbOf(world)).map((page) => Number(page.split(" ")[0]));
    expect(times).toHaveLength(4);
    for (const [index, time] of times.slice(1).entries()) {
      expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(300);
      expect(time - (times[index] ?? 0)).toBeLessThanOrEqual(360);
    }
    expect(times[1]).toBeGreaterThan(300);
    await expectSound(world);
  });

  test("a timer's message that comes twice climbs and pages once", async () => {
    const world = await opened({ policy: aPolicy({ repeat: 1 }) });
    for (const second of [0, 60, 120]) {
      await at(world, second);
      world.queue("timers").duplicate(0);
      world.queue("timers").duplicate(0);
    }
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "60 1.2 bob", "120 2.1 ada", "180 2.2 bob"]);
    expect(world.pages).toHaveLength(4);
    await expectSound(world);
  });

  test("two that fire at the same time climb once", async () => {
    const world = await opened();
    world.waitUntil(monday + seconds(300));
    const timer = dueTimer(await incidentOf(world));
    await Promise.all([1, 2, 3].map(() => fireTimer(world.deps, timer, world.now())));
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
  });

  test("an event that comes again later pages nobody and leaves the timer of the step that followed", async () => {
    const world = await opened({ policy: aPolicy({ delaySeconds: 300, repeat: 1 }) });
    await at(world, 310);
    const { id } = await incidentOf(world);
    const paging = (await world.seen.incidents.history(id)).events.find(({ type }) => type === "paging");
    if (!paging) throw new Error("no paging");
    await onIncidentEvent(world.deps, paging, world.now());
    await world.pump();
    world.queue("timers").remove([...world.queue("timers").messages]);
    await at(world, 660);
    expect((await climbOf(world)).slice(0, 2)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
    expect((await climbOf(world)).slice(2)).toEqual([expect.stringMatching(/^6[0-5]\d 2\.1 ada$/)]);
  });

  test("a timer that fails holds up no other", async () => {
    const world = await opened();
    await world.seen.timers.put({
      kind: "escalation",
      incidentId: "inc_0",
      dueAt: monday,
      level: 1,
      pass: 1,
    });
    const broken = anIncident({ id: "inc_0", number: 9, escalation: { level: 1, pass: 1, nextAt: monday } });
    await world.seen.incidents.create(broken, null);
    const { incidents } = world.deps;
    const save = incidents.save;
    world.deps.incidents = {
      ...incidents,
      save: async (...args) => (args[0].id === "inc_0" ? Promise.reject(new Error("broken")) : save(...args)),
    };
    world.queue("timers").remove([...world.queue("timers").messages]);
    await at(world, 360);
    expect((await climbOf(world)).map((page) => page.replace(/^\d+ /, ""))).toEqual(["1.1 ada", "1.2 bob"]);
    expect(world.lines).toContainEqual(
      expect.objectContaining({ level: "error", message: "timer stays due" }),
    );
  });
});

describe("by hand", () => {
  const escalate = async (
    world: World,
    request: { team?: string; incidentId?: string; ids?: string } = {},
  ) => {
    const ids = request.ids;
    const { id } = await incidentOf(world);
    return escalateManually(
      { ...world.deps, ...(ids !== undefined && { ulid: () => ids }) },
      { team, incidentId: request.incidentId ?? id, reason: "stuck", actor: "ada", ...request },
      world.now(),
    );
  };
  const search = async (
    world: World,
    policy = aPolicy({ rules: [["primary"], ["boss@example.com"]], repeat: 1 }),
  ) => {
    await world.seen.schedules.create(
      aSchedule({ team: "search" }, { members: [{ ...cyd, role: "primary" }] }),
    );
    await world.seen.schedules.putPolicy("search", policy);
  };

  test("the next level is paged at once, and its delay counts from now", async () => {
    const world = await opened({ policy: aPolicy({ repeat: 1 }) });
    await at(world, 10);
    const { event } = await escalate(world);
    expect(event).toMatchObject({
      manual: true,
      actor: "ada",
      reason: "stuck",
      recipients: [{ email: bob.email }],
    });
    expect(await placeOf(world)).toBe("1.2 until 70");
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "10 1.2 bob", "70 2.1 ada", "130 2.2 bob"]);
    await expectSound(world);
  });

  test("an incident may be named by its number", async () => {
    const world = await opened();
    expect((await escalate(world, { incidentId: "1" })).event.incidentId).toBe((await incidentOf(world)).id);
  });

  test("timers of the step that was left do nothing", async () => {
    const world = await opened({ policy: aPolicy({ delaySeconds: 300, repeat: 1 }) });
    await at(world, 290);
    await escalate(world);
    await at(world, 300 + 289);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "290 1.2 bob"]);
    await at(world, 590);
    expect((await climbOf(world)).at(-1)).toBe("590 2.1 ada");
  });

  test.each([
    { to: "the next level", other: team },
    { to: "another team", other: "search" },
  ])(
    "a timer left behind by a step to $to does nothing, also when the next step is due",
    async ({ other }) => {
      const world = await opened({ policy: aPolicy({ repeat: 1 }) });
      await search(world);
      const left = dueTimer(await incidentOf(world));
      await escalate(world, { team: other });
      await world.pump();
      world.waitUntil(monday + seconds(60));
      const before = await incidentOf(world);
      await fireEscalation(world.deps, left, world.now());
      expect(await incidentOf(world)).toEqual(before);
      await at(world, 60);
      expect(await climbOf(world)).toHaveLength(3);
    },
  );

  test("an acknowledged incident is escalated too, and does not climb by itself after that", async () => {
    const world = await opened({ policy: aPolicy({ repeat: 3 }) });
    await answer(world, "acknowledged");
    await at(world, 30);
    await escalate(world);
    expect(await placeOf(world)).toBe("1.2 stays");
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "30 1.2 bob"]);
    expect((await incidentOf(world)).status).toBe("acknowledged");
  });

  test("after the last level another pass begins, as often as somebody asks", async () => {
    const world = await opened();
    for (const second of [10, 20, 30, 40]) {
      await at(world, second);
      await escalate(world);
    }
    await at(world, hour);
    expect(await climbOf(world)).toEqual([
      "0 1.1 ada",
      "10 1.2 bob",
      "20 2.1 ada",
      "30 2.2 bob",
      "40 3.1 ada",
      "340 3.2 bob",
    ]);
    expect(await placeOf(world)).toBe("3.2 stays");
    await expectSound(world);
  });

  test("an incident that found nobody as it opened begins at the first level", async () => {
    const world = await opened({ simpleSchedule: null });
    await world.seen.schedules.create(aSchedule({ team }));
    await at(world, 10);
    await escalate(world);
    expect(await climbOf(world)).toEqual(["0 1.0 fallback"]);
    await at(world, 20);
    expect(await climbOf(world)).toEqual(["0 1.0 fallback", "10 1.1 ada"]);
  });

  test("it climbs by the policy that it opened with, the default included", async () => {
    const world = await opened();
    await world.seen.schedules.putPolicy(team, aPolicy({ rules: [["primary"], ["boss@example.com"]] }));
    await escalate(world);
    await world.pump();
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "0 1.2 bob"]);
  });

  test("another team takes it over, by all of its policy of now", async () => {
    const world = await opened();
    await search(world);
    await at(world, 10);
    const { incident } = await escalate(world, { team: "search" });
    expect(incident.team).toBe("search");
    expect(
      (await world.seen.incidents.list({ team: "search" }, { limit: 9, after: null })).items,
    ).toHaveLength(1);
    await putPolicy(world.deps, "search", aPolicy({ rules: [["nobody@example.com"]] }), monday);
    await at(world, hour);
    expect(await climbOf(world)).toEqual([
      "0 1.1 ada",
      "10 2.1 cyd",
      "70 2.2 boss",
      "130 3.1 cyd",
      "190 3.2 boss",
    ]);
    expect(await placeOf(world)).toBe("3.2 stays");
    await expectSound(world);
  });

  test("whoever was paged by one team is paged again when another hands the incident back", async () => {
    const world = await opened();
    await search(world);
    await escalate(world, { team: "search" });
    await at(world, 20);
    await escalate(world, { team });
    await at(world, 30);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "0 2.1 cyd", "20 3.1 ada"]);
    await at(world, hour);
    expect((await climbOf(world)).slice(3)).toEqual(["320 3.2 bob"]);
  });

  test.each(["at once", "after it was published", "after it was resolved"])(
    "the same request repeated %s escalates once and answers the same",
    async (when) => {
      const world = await opened();
      await search(world);
      const ids = "01KAQ0000000000000000000ID";
      const first = await escalate(world, { ids });
      if (when !== "at once") await at(world, 5);
      if (when === "after it was resolved") await answer(world, "resolved");
      expect((await escalate(world, { ids })).event).toEqual(first.event);
      await at(world, 6);
      expect(await climbOf(world)).toEqual(["0 1.1 ada", "0 1.2 bob"]);
      const { items } = await world.seen.incidents.listEscalations({}, { limit: 9, after: null });
      expect(items).toEqual([first.event]);
    },
  );

  test("two at the same time are two levels", async () => {
    const world = await opened();
    await Promise.all([escalate(world), escalate(world)]);
    await at(world, 10);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "0 1.2 bob", "0 2.1 ada"]);
  });

  test("at the same time as the timer, nobody is left out", async () => {
    const world = await opened({ policy: aPolicy({ delaySeconds: 300, repeat: 1 }) });
    world.waitUntil(monday + seconds(300));
    const timer = dueTimer(await incidentOf(world));
    await fireEscalation(
      interrupted(world, () => escalate(world)),
      timer,
      world.now(),
    );
    await at(world, 310);
    expect(await climbOf(world)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
  });

  test("nobody is paged about what was resolved in the meantime", async () => {
    const world = await opened();
    await escalate(world);
    await answer(world, "resolved");
    await at(world, hour);
    expect(await climbOf(world)).toEqual(["0 1.1 ada"]);
  });

  test("a resolved incident, and one whose team reaches nobody, are in conflict with it", async () => {
    const world = await opened();
    await search(world, aPolicy({ rules: [["secondary"]] }));
    await removeSchedule(world.seen.schedules, "search");
    await expect(escalate(world, { team: "search" })).rejects.toThrow(Conflict);
    await answer(world, "resolved");
    await expect(escalate(world)).rejects.toThrow(Conflict);
    expect(await climbOf(world)).toEqual(["0 1.1 ada"]);
  });

  test("an unknown team and an unknown incident are not found", async () => {
    const world = await opened();
    await expect(escalate(world, { team: "nobody" })).rejects.toThrow(NotFound);
    await expect(escalate(world, { incidentId: "inc_none" })).rejects.toThrow(NotFound);
    await expect(escalate(world, { incidentId: "99" })).rejects.toThrow(NotFound);
  });
});

/** The timer that an incident waits for. */
function dueTimer({ id, escalation }: Awaited<ReturnType<typeof incidentOf>>) {
  if (!escalation?.nextAt) throw new Error("Nothing is due");
  const { level, pass, nextAt } = escalation;
  return { kind: "escalation", incidentId: id, level, pass, dueAt: nextAt } as const;
}

/** Something else is done between the first read of an incident and what follows from it. */
function interrupted(world: World, meanwhile: () => Promise<unknown>): World["deps"] {
  const { incidents } = world.deps;
  let first = true;
  return {
    ...world.deps,
    incidents: {
      ...incidents,
      async find(id) {
        const found = await incidents.find(id);
        if (first) await meanwhile();
        first = false;
        return found;
      },
    },
  };
}
