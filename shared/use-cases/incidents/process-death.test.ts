/** Every call to the table, a queue or a provider goes wrong once, in each way that it can. */
import { expect, test } from "vitest";
import {
  anIncident,
  aRule,
  aService,
  aSimpleSchedule,
  minutes,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import { expectSound, outcomeOf, pagesOf } from "../../../tests/support/memory/outcome.ts";
import { type TestSystem, testSystem } from "../../../tests/support/memory/system.ts";
import {
  change,
  faultKinds,
  faultSuite,
  forEachCall,
  openManually,
  post,
  rulesOf,
  someoneOnCall,
  twoLevels,
  untilAnswered,
} from "../../../tests/support/suites/fault-suite.ts";
import { Conflict } from "../../domain/errors.ts";
import { planOfSimpleSchedule } from "../../domain/oncall/schedule.ts";
import { notify } from "../notifications/notify.ts";
import { escalateManually } from "../oncall/escalate.ts";
import { createSchedule } from "../oncall/schedules/create-schedule.ts";
import { addNote } from "./add-note.ts";
import { reopenIncident } from "./lifecycle/reopen-incident.ts";

/** An answer in the very second of the next level: either may be first, and neither may undo the other. */
test.each(faultKinds)("an acknowledgement races with the timer, and any one call %s", async (kind) => {
  const system = testSystem();
  await twoLevels(system);
  await post({ dedupKey: "a" })(system);
  await system.pump();
  system.waitUntil(monday + seconds(300));
  await forEachCall(
    system,
    kind,
    (copy) => Promise.all([copy.deliverOne("timers"), change("acknowledged")(copy)]),
    async (copy, name) => {
      await copy.settle();
      const [incident] = (await outcomeOf(copy)).incidents;
      expect(incident, name).toMatchObject({ status: "acknowledged", escalation: { nextAt: null } });
      const escalations = incident?.events.filter((event) => event.startsWith("escalated")) ?? [];
      expect(escalations).toHaveLength((incident?.escalation?.level ?? 0) - 1);
      await expectSound(copy);
    },
  );
});

/**
 * Inhibited alerts are checked once per minute, so a fault may delay the page by a minute, but it is sent
 * once.
 */
test.each(faultKinds)(
  "a warning that waits for something worse pages once when that is over, and any one call %s",
  async (kind) => {
    const system = testSystem();
    await rulesOf(system, aRule({ inhibitedBy: "critical" }));
    await post({ dedupKey: "c" })(system);
    await system.settle({ within: 1 });
    await forEachCall(
      system,
      kind,
      async (copy) => {
        await post({ dedupKey: "w", severity: "low" })(copy);
        await copy.settle({ within: minutes(3) });
        await post({ dedupKey: "c", action: "resolve" })(copy);
        await copy.settle();
      },
      async (copy, name) => {
        const { incidents, alerts } = await outcomeOf(copy);
        expect(incidents, name).toMatchObject([
          { status: "resolved" },
          { dedupKey: "w", status: "open", alertCount: 1 },
        ]);
        expect(alerts.map(({ outcome }) => outcome).toSorted()).toEqual([
          "existing_incident",
          "new_incident",
          "new_incident",
          "suppressed",
        ]);
        expect(await pagesOf(copy)).toHaveLength(2);
        await expectSound(copy);
      },
    );
  },
);

/** A fault may delay the resolution, whose time is that of the attempt that stored it. */
test.each(faultKinds)("a quiet incident resolves once, and any one call %s", async (kind) => {
  const system = testSystem();
  await system.seen.services.put(aService({ name: "checkout", team: "checkout", autoResolveSeconds: 60 }));
  await system.seen.teamChannels.put("checkout", [
    { id: "room", channel: "slack", address: "#checkout", events: ["resolved"] },
  ]);
  await post({ dedupKey: "a" })(system);
  await system.pump();
  const calls = await forEachCall(
    system,
    kind,
    (copy) => copy.settle(),
    async (copy, name) => {
      const [incident] = (await outcomeOf(copy)).incidents;
      expect(incident, name).toMatchObject({ status: "resolved", pendingEvents: [] });
      expect(incident?.events.filter((event) => event.startsWith("resolved"))).toHaveLength(1);
      const { items } = await copy.seen.notifications.list({}, { limit: 10, after: null });
      expect(items.filter(({ kind }) => kind === "announcement")).toMatchObject([{ status: "sent" }]);
      await expectSound(copy);
    },
  );
  // The timer, the incident's read, write and event, and the announcement.
  expect(calls).toBeGreaterThanOrEqual(15);
});

/** If the process dies, the alert is delivered again only after the request of the person. */
test.each(faultKinds)(
  "an incident is reopened while the next one with its key is opened, and any one call %s",
  async (kind) => {
    const system = testSystem();
    await someoneOnCall(system);
    await post({ dedupKey: "a" })(system);
    await system.pump();
    await change("resolved")(system);
    await system.pump();
    system.waitUntil(monday + minutes(1));
    const [resolved] = (await outcomeOf(system)).incidents;
    const reopenUnlessConflict = (copy: TestSystem, at: number) =>
      reopenIncident(copy.deps, resolved?.id ?? "", { note: null, actor: "ada" }, at).catch((error) => {
        if (!(error instanceof Conflict)) throw error;
      });
    await post({ dedupKey: "a" })(system);
    const calls = await forEachCall(
      system,
      kind,
      async (copy) => {
        await copy.deliverOne("alerts");
        await untilAnswered(reopenUnlessConflict)(copy);
      },
      async (copy, name) => {
        await copy.settle();
        const { incidents } = await outcomeOf(copy);
        expect(
          incidents.filter(({ status }) => status !== "resolved"),
          name,
        ).toHaveLength(1);
        await expectSound(copy);
      },
    );
    expect(calls).toBeGreaterThanOrEqual(10);
  },
);

/** The manual escalation sets the first timer of the incident, but only when its event is consumed. */
test.each(faultKinds)(
  "an incident that reached no one is escalated and acknowledged at once, and any one call %s",
  async (kind) => {
    const system = testSystem();
    await post({ dedupKey: "a" })(system);
    await system.pump();
    await someoneOnCall(system);
    system.waitUntil(monday + minutes(1));
    const [incident] = (await outcomeOf(system)).incidents;
    const escalation = { team: "checkout", incidentId: incident?.id ?? "", reason: null, actor: "ada" };
    await escalateManually(system.deps, escalation, system.now());
    const calls = await forEachCall(system, kind, change("acknowledged"), async (copy, name) => {
      await copy.settle();
      const [acknowledged] = (await outcomeOf(copy)).incidents;
      expect(acknowledged, name).toMatchObject({ status: "acknowledged", pendingEvents: [] });
      await expectSound(copy);
    });
    expect(calls).toBeGreaterThanOrEqual(4);
  },
);

faultSuite([
  { name: "an incident created manually", arrange: someoneOnCall, steps: [openManually], atLeastCalls: 15 },
  {
    name: "an incident that is acknowledged with a note, then resolved",
    arrange: openManually,
    steps: [change("acknowledged", "on it"), change("resolved")],
    atLeastCalls: 8,
  },
  {
    name: "a note, a message and a schedule created manually",
    arrange: (system) =>
      system.deps.incidents.create(anIncident({ id: "inc_1", source: "manual", alertCount: 0 }), null),
    steps: [
      (system) =>
        system.request("note", (now, ulid) =>
          addNote({ ...system.deps, ulid }, "inc_1", { author: null, content: "rolled back" }, now),
        ),
      (system) =>
        system.request("message", (now, ulid) =>
          notify(
            { ...system.deps, ulid },
            {
              incidentId: "inc_1",
              channel: "sms",
              recipient: "+49",
              message: "hi",
              severity: null,
              metadata: {},
            },
            now,
          ),
        ),
      (system) =>
        system.request("schedule", (now, ulid) =>
          createSchedule(
            { ...system.deps, ulid },
            "payments",
            planOfSimpleSchedule(aSimpleSchedule(), now),
            now,
          ),
        ),
    ],
    atLeastCalls: 15,
  },
]);
