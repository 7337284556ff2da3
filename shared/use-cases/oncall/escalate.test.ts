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
  escalationOf,
  incidentOf,
  opened,
  positionOf,
  team,
  timelineOf,
} from "../../../tests/support/memory/escalation.ts";
import { expectSound } from "../../../tests/support/memory/outcome.ts";
import type { TestSystem } from "../../../tests/support/memory/system.ts";
import { removeSchedule } from "../../../tests/support/remove-schedule.ts";
import { Conflict, NotFound } from "../../domain/errors.ts";
import { fireTimer } from "../incidents/fire-timer.ts";
import { onIncidentEvents } from "../incidents/on-incident-event.ts";
import { escalateManually, fireEscalation } from "./escalate.ts";
import { putPolicy } from "./put-policy.ts";

const hour = 3_600;

describe("by the default policy", () => {
  test("the primary is paged immediately, the secondary after 300 s, no one after that", async () => {
    const system = await opened();
    expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
    expect(await positionOf(system)).toBe("1.1 until 300");
    await at(system, 299);
    expect(await positionOf(system)).toBe("1.1 until 300");
    await at(system, 300);
    expect(await positionOf(system)).toBe("1.2 stays");
    await at(system, 24 * hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
    expect(await positionOf(system)).toBe("1.2 stays");
    expect(await timelineOf(system)).toEqual(["opened", "paging", "escalated"]);
    await expectSound(system);
  });

  test("without a secondary of its own, a team's next primary is paged second", async () => {
    const members = [ada, cyd].map((person) => ({ ...person, role: "primary" as const }));
    const system = await opened({ simpleSchedule: { members } });
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "300 1.2 cyd"]);
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
    const system = await opened({ policy });
    await at(system, 60);
    expect(await positionOf(system)).toBe("1.2 until 660");
    await at(system, 660);
    expect(await positionOf(system)).toBe("2.1 until 720");
    await at(system, hour);
    expect(await positionOf(system)).toBe("2.2 stays");
    expect(await escalationOf(system)).toEqual([
      "0 1.1 ada",
      "60 1.2 bob",
      "60 1.2 boss",
      "660 2.1 ada",
      "720 2.2 bob",
      "720 2.2 boss",
    ]);
    await expectSound(system);
  });

  test("one person reached by two targets of a rule is paged once", async () => {
    const system = await opened({ policy: aPolicy({ rules: [["primary", ada.email, "primary"]] }) });
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
    expect(system.pages).toHaveLength(1);
  });

  test("a delay of hours is split into delays that a queue supports, and ends at its second", async () => {
    const system = await opened({ policy: aPolicy({ delaySeconds: 2 * hour }) });
    await at(system, 2 * hour - 1);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
    await at(system, 2 * hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "7200 1.2 bob"]);
    const delays = system.sqs.batches.flat().flatMap(({ DelaySeconds }) => DelaySeconds ?? []);
    expect(delays.filter((delay) => delay > 0)).toEqual(Array(8).fill(900));
  });

  test("one that is changed after the incident opened changes nothing for that incident", async () => {
    const nobodyElse = aPolicy({ rules: [["cyd@example.com"]], delaySeconds: 1, repeat: 5 });
    for (const policy of [undefined, aPolicy({ delaySeconds: 300 })]) {
      const system = await opened(policy ? { policy } : {});
      await putPolicy(system.deps, team, nobodyElse, monday);
      await at(system, hour);
      expect(await escalationOf(system)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
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
    const system = await opened({ simpleSchedule, policy: twice });
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
  });

  test("during an override, the person who took over is paged, and the replaced person is not", async () => {
    const system = await opened({ policy: twice });
    await system.seen.schedules.putOverride(anOverride({ team, start: monday + seconds(1), person: cyd }));
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "300 1.2 cyd"]);
  });

  test("by a schedule that was changed since", async () => {
    const system = await opened({ policy: twice });
    const next = aSchedule(
      { team, inForceFrom: monday + seconds(9) },
      { members: [{ ...cyd, role: "primary" }] },
    );
    const { schedule } = (await system.seen.schedules.load(team, monday)) ?? {};
    if (!schedule) throw new Error("there is no schedule");
    const superseded = { ...schedule, inForceUntil: monday + seconds(9) };
    await system.seen.schedules.supersede(superseded, { ...next, id: schedule.id });
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "300 1.2 cyd"]);
  });

  test("if the remaining rules reach no one, the fallback is paged once", async () => {
    const system = await opened({ policy: aPolicy({ repeat: 3 }) });
    await removeSchedule(system.seen.schedules, team);
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "60 1.0 fallback"]);
    expect(await positionOf(system)).toBe("1.1 stays");
    expect(await timelineOf(system)).toEqual(["opened", "paging", "escalation_exhausted", "coverage_gap"]);
    expect(system.counts[`coverage_gaps_total ${team}`]).toBe(1);
    await expectSound(system);
  });

  test("if someone acknowledges before the rules that reach no one, the fallback is not paged", async () => {
    const system = await opened();
    await removeSchedule(system.seen.schedules, team);
    await answer(system, "acknowledged");
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
  });

  test("a team of one is paged once, then the fallback", async () => {
    const system = await opened({ simpleSchedule: { members: [{ ...ada, role: "primary" }] } });
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "300 1.0 fallback"]);
    await expectSound(system);
  });
});

describe("a gap in coverage", () => {
  const onlySecondary = { members: [{ ...bob, role: "secondary" as const }] };

  test("at the first level costs no time: the second is paged at once", async () => {
    const system = await opened({ simpleSchedule: onlySecondary });
    expect(await escalationOf(system)).toEqual(["0 1.2 bob"]);
    expect(await positionOf(system)).toBe("1.2 stays");
  });

  test("in the middle costs none either", async () => {
    const policy = aPolicy({ rules: [["secondary"], ["primary"], ["boss@example.com"]] });
    const system = await opened({ simpleSchedule: onlySecondary, policy });
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 bob", "60 1.3 boss"]);
  });

  test.each([
    { known: "a schedule that has not begun", options: { simpleSchedule: { startsOn: "2026-11-30" } } },
    { known: "nothing", options: { simpleSchedule: null } },
    {
      known: "a policy for an unassigned role",
      options: { simpleSchedule: onlySecondary, policy: aPolicy({ rules: [["primary"]], repeat: 9 }) },
    },
  ])("at every level pages the fallback, once; of the team is known: $known", async ({ options }) => {
    const system = await opened(options);
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.0 fallback"]);
    expect(await positionOf(system)).toBeNull();
    expect(await timelineOf(system)).toEqual(["opened", "coverage_gap"]);
    expect(system.lines).toContainEqual(expect.objectContaining({ level: "warn", message: "coverage gap" }));
    await expectSound(system);
  });
});

describe("an answer", () => {
  test.each(["acknowledged", "resolved"] as const)("ends the escalation: %s", async (to) => {
    const system = await opened({ policy: aPolicy({ repeat: 3 }) });
    await at(system, 70);
    await answer(system, to);
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "60 1.2 bob"]);
    expect(await positionOf(system)).toBe(to === "resolved" ? null : "1.2 stays");
    await expectSound(system);
  });

  test("committed before the timer fires wins, also when its message is on its way", async () => {
    const system = await opened();
    system.waitUntil(monday + seconds(300));
    await answer(system, "acknowledged");
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
    expect(await timelineOf(system)).toEqual(["opened", "paging", "acknowledged"]);
  });

  test("committed while the timer is firing wins", async () => {
    const system = await opened();
    system.waitUntil(monday + seconds(300));
    await fireEscalation(
      interrupted(system, () => answer(system, "acknowledged")),
      dueTimer(await incidentOf(system)),
      system.now(),
    );
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
    expect(await positionOf(system)).toBe("1.1 stays");
  });

  test("just behind the timer still spares the next level its page", async () => {
    const system = await opened();
    system.waitUntil(monday + seconds(300));
    await system.deliverOne("timers");
    await answer(system, "acknowledged");
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
    await expectSound(system);
  });
});

describe("whatever queues do", () => {
  test("a timer whose message was lost is caught by the sweep within a minute", async () => {
    const system = await opened({ policy: aPolicy({ delaySeconds: 300, repeat: 1 }) });
    for (const second of [0, 400, 800]) {
      await at(system, second);
      system.queue("timers").remove([...system.queue("timers").messages]);
    }
    await at(system, 2 * hour);
    const times = (await escalationOf(system)).map((page) => Number(page.split(" ")[0]));
    expect(times).toHaveLength(4);
    for (const [index, time] of times.slice(1).entries()) {
      expect(time - (times[index] ?? 0)).toBeGreaterThanOrEqual(300);
      expect(time - (times[index] ?? 0)).toBeLessThanOrEqual(360);
    }
    expect(times[1]).toBeGreaterThan(300);
    await expectSound(system);
  });

  test("a timer's message that arrives twice escalates and pages once", async () => {
    const system = await opened({ policy: aPolicy({ repeat: 1 }) });
    for (const second of [0, 60, 120]) {
      await at(system, second);
      system.queue("timers").duplicate(0);
      system.queue("timers").duplicate(0);
    }
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "60 1.2 bob", "120 2.1 ada", "180 2.2 bob"]);
    expect(system.pages).toHaveLength(4);
    await expectSound(system);
  });

  test("two that fire at the same time escalate once", async () => {
    const system = await opened();
    system.waitUntil(monday + seconds(300));
    const timer = dueTimer(await incidentOf(system));
    await Promise.all([1, 2, 3].map(() => fireTimer(system.deps, timer, system.now())));
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
  });

  test("an event that is redelivered later pages no one and keeps the timer of the next step", async () => {
    const system = await opened({ policy: aPolicy({ delaySeconds: 300, repeat: 1 }) });
    await at(system, 310);
    const { id } = await incidentOf(system);
    const paging = (await system.seen.incidentEvents.history(id)).events.find(
      ({ type }) => type === "paging",
    );
    if (!paging) throw new Error("no paging");
    await onIncidentEvents(system.deps, [paging], system.now());
    await system.pump();
    system.queue("timers").remove([...system.queue("timers").messages]);
    await at(system, 660);
    expect((await escalationOf(system)).slice(0, 2)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
    expect((await escalationOf(system)).slice(2)).toEqual([expect.stringMatching(/^6[0-5]\d 2\.1 ada$/)]);
  });

  test("a timer that fails holds up no other", async () => {
    const system = await opened();
    await system.seen.timers.put({
      kind: "escalation",
      incidentId: "inc_0",
      dueAt: monday,
      level: 1,
      pass: 1,
    });
    const broken = anIncident({ id: "inc_0", number: 9, escalation: { level: 1, pass: 1, nextAt: monday } });
    await system.seen.incidents.create(broken, null);
    const { incidents } = system.deps;
    const save = incidents.save;
    system.deps.incidents = {
      ...incidents,
      save: async (...args) => (args[0].id === "inc_0" ? Promise.reject(new Error("broken")) : save(...args)),
    };
    system.queue("timers").remove([...system.queue("timers").messages]);
    await at(system, 360);
    expect((await escalationOf(system)).map((page) => page.replace(/^\d+ /, ""))).toEqual([
      "1.1 ada",
      "1.2 bob",
    ]);
    expect(system.lines).toContainEqual(
      expect.objectContaining({ level: "error", message: "timer not fired yet" }),
    );
  });
});

describe("manually", () => {
  const escalate = async (
    system: TestSystem,
    request: { team?: string; incidentId?: string; ids?: string } = {},
  ) => {
    const ids = request.ids;
    const { id } = await incidentOf(system);
    return escalateManually(
      { ...system.deps, ...(ids !== undefined && { ulid: () => ids }) },
      { team, incidentId: request.incidentId ?? id, reason: "stuck", actor: "ada", ...request },
      system.now(),
    );
  };
  const search = async (
    system: TestSystem,
    policy = aPolicy({ rules: [["primary"], ["boss@example.com"]], repeat: 1 }),
  ) => {
    await system.seen.schedules.create(
      aSchedule({ team: "search" }, { members: [{ ...cyd, role: "primary" }] }),
    );
    await system.seen.schedules.putPolicy("search", policy);
  };

  test("the next level is paged at once, and its delay counts from now", async () => {
    const system = await opened({ policy: aPolicy({ repeat: 1 }) });
    await at(system, 10);
    const { event } = await escalate(system);
    expect(event).toMatchObject({
      manual: true,
      actor: "ada",
      reason: "stuck",
      recipients: [{ email: bob.email }],
    });
    expect(await positionOf(system)).toBe("1.2 until 70");
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "10 1.2 bob", "70 2.1 ada", "130 2.2 bob"]);
    await expectSound(system);
  });

  test("an incident may be named by its number", async () => {
    const system = await opened();
    expect((await escalate(system, { incidentId: "1" })).event.incidentId).toBe(
      (await incidentOf(system)).id,
    );
  });

  test("timers of the step that was left do nothing", async () => {
    const system = await opened({ policy: aPolicy({ delaySeconds: 300, repeat: 1 }) });
    await at(system, 290);
    await escalate(system);
    await at(system, 300 + 289);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "290 1.2 bob"]);
    await at(system, 590);
    expect((await escalationOf(system)).at(-1)).toBe("590 2.1 ada");
  });

  test.each([
    { to: "the next level", other: team },
    { to: "another team", other: "search" },
  ])(
    "a timer left behind by a step to $to does nothing, also when the next step is due",
    async ({ other }) => {
      const system = await opened({ policy: aPolicy({ repeat: 1 }) });
      await search(system);
      const left = dueTimer(await incidentOf(system));
      await escalate(system, { team: other });
      await system.pump();
      system.waitUntil(monday + seconds(60));
      const before = await incidentOf(system);
      await fireEscalation(system.deps, left, system.now());
      expect(await incidentOf(system)).toEqual(before);
      await at(system, 60);
      expect(await escalationOf(system)).toHaveLength(3);
    },
  );

  test("an acknowledged incident is escalated too, and does not escalate automatically after that", async () => {
    const system = await opened({ policy: aPolicy({ repeat: 3 }) });
    await answer(system, "acknowledged");
    await at(system, 30);
    await escalate(system);
    expect(await positionOf(system)).toBe("1.2 stays");
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "30 1.2 bob"]);
    expect((await incidentOf(system)).status).toBe("acknowledged");
  });

  test("after the last level another round starts, as often as requested", async () => {
    const system = await opened();
    for (const second of [10, 20, 30, 40]) {
      await at(system, second);
      await escalate(system);
    }
    await at(system, hour);
    expect(await escalationOf(system)).toEqual([
      "0 1.1 ada",
      "10 1.2 bob",
      "20 2.1 ada",
      "30 2.2 bob",
      "40 3.1 ada",
      "340 3.2 bob",
    ]);
    expect(await positionOf(system)).toBe("3.2 stays");
    await expectSound(system);
  });

  test("an incident that opened with no one on call starts at the first level", async () => {
    const system = await opened({ simpleSchedule: null });
    await system.seen.schedules.create(aSchedule({ team }));
    await at(system, 10);
    await escalate(system);
    expect(await escalationOf(system)).toEqual(["0 1.0 fallback"]);
    await at(system, 20);
    expect(await escalationOf(system)).toEqual(["0 1.0 fallback", "10 2.1 ada"]);
  });

  test("it escalates by the policy that it opened with, including the default", async () => {
    const system = await opened();
    await system.seen.schedules.putPolicy(team, aPolicy({ rules: [["primary"], ["boss@example.com"]] }));
    await escalate(system);
    await system.pump();
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "0 1.2 bob"]);
  });

  test("another team takes it over, by all of its policy of now", async () => {
    const system = await opened();
    await search(system);
    await at(system, 10);
    const { incident } = await escalate(system, { team: "search" });
    expect(incident.team).toBe("search");
    expect(
      (await system.seen.incidents.list({ team: "search" }, { limit: 9, after: null })).items,
    ).toHaveLength(1);
    await putPolicy(system.deps, "search", aPolicy({ rules: [["nobody@example.com"]] }), monday);
    await at(system, hour);
    expect(await escalationOf(system)).toEqual([
      "0 1.1 ada",
      "10 2.1 cyd",
      "70 2.2 boss",
      "130 3.1 cyd",
      "190 3.2 boss",
    ]);
    expect(await positionOf(system)).toBe("3.2 stays");
    await expectSound(system);
  });

  test("a person paged by one team is paged again when another team hands the incident back", async () => {
    const system = await opened();
    await search(system);
    await escalate(system, { team: "search" });
    await at(system, 20);
    await escalate(system, { team });
    await at(system, 30);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "0 2.1 cyd", "20 3.1 ada"]);
    await at(system, hour);
    expect((await escalationOf(system)).slice(3)).toEqual(["320 3.2 bob"]);
  });

  test.each(["at once", "after it was published", "after it was resolved"])(
    "the same request repeated %s escalates once and answers the same",
    async (when) => {
      const system = await opened();
      await search(system);
      const ids = "01KAQ0000000000000000000ID";
      const first = await escalate(system, { ids });
      if (when !== "at once") await at(system, 5);
      if (when === "after it was resolved") await answer(system, "resolved");
      expect((await escalate(system, { ids })).event).toEqual(first.event);
      await at(system, 6);
      expect(await escalationOf(system)).toEqual(["0 1.1 ada", "0 1.2 bob"]);
      const { items } = await system.seen.incidentEvents.listEscalations({}, { limit: 9, after: null });
      expect(items).toEqual([first.event]);
    },
  );

  test("two at the same time are two levels", async () => {
    const system = await opened();
    await Promise.all([escalate(system), escalate(system)]);
    await at(system, 10);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "0 1.2 bob", "0 2.1 ada"]);
  });

  test("at the same time as the timer, no one is left out", async () => {
    const system = await opened({ policy: aPolicy({ delaySeconds: 300, repeat: 1 }) });
    system.waitUntil(monday + seconds(300));
    const timer = dueTimer(await incidentOf(system));
    await fireEscalation(
      interrupted(system, () => escalate(system)),
      timer,
      system.now(),
    );
    await at(system, 310);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada", "300 1.2 bob"]);
  });

  test("no one is paged about an incident resolved in the meantime", async () => {
    const system = await opened();
    await escalate(system);
    await answer(system, "resolved");
    await at(system, hour);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
  });

  test("a resolved incident, and one whose team reaches no one, are conflicts", async () => {
    const system = await opened();
    await search(system, aPolicy({ rules: [["secondary"]] }));
    await removeSchedule(system.seen.schedules, "search");
    await expect(escalate(system, { team: "search" })).rejects.toThrow(Conflict);
    await answer(system, "resolved");
    await expect(escalate(system)).rejects.toThrow(Conflict);
    expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
  });

  test("an unknown team and an unknown incident are not found", async () => {
    const system = await opened();
    await expect(escalate(system, { team: "nobody" })).rejects.toThrow(NotFound);
    await expect(escalate(system, { incidentId: "inc_none" })).rejects.toThrow(NotFound);
    await expect(escalate(system, { incidentId: "99" })).rejects.toThrow(NotFound);
  });
});

/** The timer that an incident waits for. */
function dueTimer({ id, escalation }: Awaited<ReturnType<typeof incidentOf>>) {
  if (!escalation?.nextAt) throw new Error("Nothing is due");
  const { level, pass, nextAt } = escalation;
  return { kind: "escalation", incidentId: id, level, pass, dueAt: nextAt } as const;
}

/** Something else is done between the first read of an incident and what follows from it. */
function interrupted(system: TestSystem, meanwhile: () => Promise<unknown>): TestSystem["deps"] {
  const { incidents } = system.deps;
  let first = true;
  return {
    ...system.deps,
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
