/** Every call to the table, a queue or a provider goes wrong once, in each way that it can. */
import { describe, expect, test } from "vitest";
import {
  aDraft,
  ada,
  aHeartbeat,
  anIncident,
  aPolicy,
  aPulse,
  aRule,
  aSchedule,
  aSilence,
  aSimpleSchedule,
  aUser,
  aWebhook,
  days,
  minutes,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import { adaThenBob } from "../../../tests/support/memory/escalation.ts";
import type { FaultKind } from "../../../tests/support/memory/faults.ts";
import { expectSound, outcomeOf, pagesOf } from "../../../tests/support/memory/outcome.ts";
import { type TestSystem, testSystem } from "../../../tests/support/memory/system.ts";
import type { Channel } from "../../channels/channel-type.ts";
import type { AlertDraft } from "../../domain/alerts/alert.ts";
import type { RoutingRule } from "../../domain/alerts/routing.ts";
import { Gone, PermanentFailure } from "../../domain/notifications/delivery.ts";
import { announcedEvents } from "../../domain/notifications/team-channel.ts";
import { planOfSimpleSchedule } from "../../domain/oncall/schedule.ts";
import { acceptAlerts } from "../alerts/accept-alerts.ts";
import { endSilence } from "../alerts/end-silence.ts";
import { recordPing } from "../alerts/heartbeats/record-ping.ts";
import { putRoutingRules } from "../alerts/routing-rules.ts";
import { addNote } from "../incidents/add-note.ts";
import { changeIncident } from "../incidents/change-incident.ts";
import { createIncident } from "../incidents/create-incident.ts";
import { escalateManually } from "../oncall/escalate.ts";
import { createSchedule } from "../oncall/schedules/create-schedule.ts";
import { notify } from "./notify.ts";
import { replayDelivery } from "./webhooks/replay-delivery.ts";

interface Scenario {
  readonly name: string;
  /** Setup without faults. */
  readonly arrange?: (system: TestSystem) => Promise<unknown>;
  /** Channel of the providers. Default: accepts everything. */
  readonly channel?: Channel;
  /** Steps, one per minute. All effects of a step are processed before the next. */
  readonly steps: readonly ((system: TestSystem) => Promise<unknown>)[];
  /** At least so many calls are tried: a scenario that does nothing proves nothing. */
  readonly atLeastCalls: number;
}

const stepMs = seconds(280);

const post =
  (...drafts: Partial<AlertDraft>[]) =>
  (system: TestSystem) =>
    system.request(JSON.stringify([drafts, system.now()]), (now, ulid) =>
      acceptAlerts({ ...system.deps, ulid }, drafts.map(aDraft), now),
    );

/** Asked again at once until it is answered, without a key: it may be repeated by its nature. */
function untilAnswered(ask: (system: TestSystem, at: number) => Promise<unknown>) {
  return async (system: TestSystem) => {
    const at = system.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask(system, at);
      } catch (error) {
        system.faults.revive();
        if (tries === 10) throw error;
      }
    }
  };
}

const change =
  (to: "acknowledged" | "resolved", note: string | null = null) =>
  async (system: TestSystem) => {
    const [incident] = (await system.seen.incidents.list({}, { limit: 1, after: null })).items;
    const at = system.now();
    const commands = [{ type: "move", to, actor: "ada" }] as const;
    return untilAnswered(() =>
      changeIncident(system.deps, incident?.id ?? "", { commands, note, actor: "ada" }, at),
    )(system);
  };

const manual = {
  title: "Checkout is slow",
  description: null,
  service: "checkout",
  severity: "high",
  team: null,
  assignedTo: null,
} as const;

const openByHand = (system: TestSystem) =>
  system.request("open", (now, ulid) => createIncident({ ...system.deps, ulid }, manual, now, "ada"));

const someoneOnCall = (system: TestSystem) => system.deps.schedules.create(aSchedule({ team: "checkout" }));

const escalate = (key: string, team: string) => async (system: TestSystem) => {
  const [incident] = (await system.seen.incidents.list({}, { limit: 1, after: null })).items;
  const request = { team, incidentId: incident?.id ?? "", reason: null, actor: "ada" };
  return system.request(key, (now, ulid) => escalateManually({ ...system.deps, ulid }, request, now));
};

/** Ada is primary and Bob is secondary; an incident climbs twice through both. */
const twoLevels = async (system: TestSystem) => {
  await system.seen.schedules.create(aSchedule({ team: "checkout" }, adaThenBob));
  await system.seen.schedules.putPolicy("checkout", aPolicy({ delaySeconds: 300, repeat: 1 }));
};

/** By mail at once, by text after a minute, by webhook after more than a step. */
const threeWays = aUser({
  email: ada.email,
  contactMethods: [
    { id: "mail", channel: "email", address: ada.email },
    { id: "phone", channel: "sms", address: "+4915112345678" },
    { id: "hook", channel: "webhook", address: "https://hooks.example.com/ada" },
  ],
  notificationRules: [
    { contactMethodId: "mail", delaySeconds: 0 },
    { contactMethodId: "phone", delaySeconds: 60 },
    { contactMethodId: "hook", delaySeconds: 285 },
  ],
});

const rulesOf = (system: TestSystem, ...rules: RoutingRule[]) =>
  putRoutingRules({ ruleStore: system.seen.ruleStore }, rules, null, monday);

const pingOnce = untilAnswered((system, at) => recordPing(system.deps, "the key", at));

const endOf = (silenceId: string) => untilAnswered((system, at) => endSilence(system.deps, silenceId, at));

const scenarios: Scenario[] = [
  {
    name: "an unacknowledged incident that escalates to its last level",
    arrange: twoLevels,
    steps: [post({ dedupKey: "a" })],
    atLeastCalls: 70,
  },
  {
    name: "an incident that escalates, is acknowledged between two levels and resolved",
    arrange: twoLevels,
    steps: [post({ dedupKey: "a" }), async () => {}, change("acknowledged"), change("resolved")],
    atLeastCalls: 50,
  },
  {
    name: "an incident that is escalated manually, then handed to another team and back",
    arrange: async (system) => {
      await twoLevels(system);
      await system.seen.schedules.create(aSchedule({ team: "search" }));
      await openByHand(system);
    },
    steps: [escalate("up", "checkout"), escalate("over", "search"), escalate("back", "checkout")],
    atLeastCalls: 60,
  },
  {
    name: "a user with three contact methods, acknowledging before the third",
    arrange: async (system) => {
      await someoneOnCall(system);
      await system.seen.users.put(threeWays);
    },
    steps: [post({ dedupKey: "a" }), change("acknowledged"), change("resolved")],
    atLeastCalls: 60,
  },
  {
    name: "a user whose mailbox rejects, paged by the next contact method immediately",
    arrange: async (system) => {
      await someoneOnCall(system);
      await system.seen.users.put(threeWays);
    },
    channel: {
      deliver: async ({ notification: { channel } }) => {
        if (channel === "email") throw new PermanentFailure("no such mailbox");
        return { detail: "accepted" };
      },
    },
    steps: [post({ dedupKey: "a" }), change("resolved")],
    atLeastCalls: 50,
  },
  {
    name: "an incident whose events all go to a team's channel",
    arrange: async (system) => {
      await someoneOnCall(system);
      const room = { id: "room", channel: "slack", address: "#checkout" } as const;
      await system.seen.teamChannels.put("checkout", [{ ...room, events: announcedEvents }]);
    },
    steps: [post({ dedupKey: "a" }), change("acknowledged"), change("resolved")],
    atLeastCalls: 50,
  },
  {
    name: "an incident whose events all go to a webhook, with a note",
    arrange: async (system) => {
      await someoneOnCall(system);
      await system.seen.webhooks.create(aWebhook({ id: "whk_1", team: "checkout" }));
    },
    steps: [post({ dedupKey: "a" }), change("acknowledged", "on it"), change("resolved")],
    atLeastCalls: 60,
  },
  {
    name: "a webhook whose receiver wants no more",
    arrange: async (system) => {
      await someoneOnCall(system);
      await system.seen.webhooks.create(aWebhook({ id: "whk_1", team: "checkout" }));
    },
    channel: {
      deliver: async ({ webhook }) => {
        if (webhook) throw new Gone("410");
        return { detail: "accepted" };
      },
    },
    steps: [post({ dedupKey: "a" }), change("acknowledged"), change("resolved")],
    atLeastCalls: 45,
  },
  {
    name: "a delivery that is replayed",
    arrange: async (system) => {
      await someoneOnCall(system);
      await system.seen.webhooks.create(aWebhook({ id: "whk_1", team: "checkout" }));
      await post({ dedupKey: "a" })(system);
    },
    steps: [
      async (system) => {
        const filter = { recipient: "webhook:whk_1" };
        const [sent] = (await system.seen.notifications.list(filter, { limit: 1, after: null })).items;
        return system.request("replay", (now, ulid) =>
          replayDelivery({ ...system.deps, ulid }, "checkout", "whk_1", sent?.id ?? "", now),
        );
      },
    ],
    atLeastCalls: 12,
  },
  {
    name: "alerts of one key: raised, acknowledged, resolved, triggered again",
    arrange: someoneOnCall,
    steps: [
      post({ dedupKey: "a", severity: "low" }),
      post({ dedupKey: "a", severity: "critical" }, { dedupKey: "a", severity: "high" }),
      post({ dedupKey: "a", action: "acknowledge" }),
      post({ dedupKey: "a" }, { dedupKey: "a", action: "resolve" }, { dedupKey: "a" }),
    ],
    atLeastCalls: 50,
  },
  {
    name: "alerts without a key, which go by the severity that others were raised to",
    steps: [
      post({ dedupKey: "a", severity: "low" }),
      post({ dedupKey: "a", severity: "high" }),
      post({ severity: "high" }),
      post({ severity: "low" }, { severity: "low" }),
    ],
    atLeastCalls: 50,
  },
  {
    name: "an alert without a key behind the one that opened the incident with a key",
    steps: [post({ dedupKey: "a" }), post({})],
    atLeastCalls: 20,
  },
  {
    name: "a silenced alert that fires on and one that is over, when their silence ends",
    arrange: async (system) => {
      await someoneOnCall(system);
      await system.seen.ruleStore.createSilence(
        aSilence({ id: "sil_1", startsAt: monday, endsAt: monday + minutes(60) + stepMs + seconds(60) }),
      );
    },
    steps: [
      post({ dedupKey: "a" }, { dedupKey: "b" }),
      post({ dedupKey: "a" }, { dedupKey: "b", action: "resolve" }),
      post({ dedupKey: "a", action: "resolve" }),
    ],
    atLeastCalls: 60,
  },
  {
    name: "a silence that is ended long before its time",
    arrange: async (system) => {
      await someoneOnCall(system);
      await system.seen.ruleStore.createSilence(
        aSilence({ id: "sil_1", startsAt: monday, endsAt: monday + days(9) }),
      );
    },
    steps: [post({ dedupKey: "a" }, { dedupKey: "b" }), endOf("sil_1")],
    atLeastCalls: 40,
  },
  {
    name: "alerts that rules send to another key, or drop",
    arrange: (system) =>
      rulesOf(
        system,
        aRule({ name: "noise", matchers: [{ field: "source", op: "=", value: "noise" }], drop: true }),
        aRule({ dedupKey: "{{labels.host}}", service: "ledger", team: "storage" }),
      ),
    steps: [
      post({ dedupKey: "a", labels: { host: "1" } }, { dedupKey: "a", source: "noise" }),
      post({ dedupKey: "b", labels: { host: "1" } }),
      post({ dedupKey: "a", labels: { host: "1" }, action: "resolve" }),
    ],
    atLeastCalls: 50,
  },
  {
    name: "a group whose alerts come, go and come again",
    arrange: (system) => rulesOf(system, aRule({ group: { by: ["service"], windowSeconds: 600 } })),
    steps: [
      post({ dedupKey: "a" }),
      post({ dedupKey: "b" }, { dedupKey: "b" }),
      post({ dedupKey: "a", action: "resolve" }, { dedupKey: "a" }),
      post({}),
      post({ dedupKey: "b", action: "resolve" }),
      post({ dedupKey: "a", action: "resolve" }),
    ],
    atLeastCalls: 60,
  },
  {
    name: "a key that flaps until it is grouped, and is resolved by a user",
    arrange: (system) => rulesOf(system, aRule({ flapping: { swings: 1, windowSeconds: 700 } })),
    steps: [
      post({ dedupKey: "a" }, { dedupKey: "a", action: "resolve" }, { dedupKey: "a" }),
      post({ dedupKey: "a", action: "resolve" }, { dedupKey: "a" }, { dedupKey: "a", action: "resolve" }),
      change("resolved"),
    ],
    atLeastCalls: 40,
  },
  {
    name: "a heartbeat that stops, and pings again",
    arrange: async (system) => {
      const heartbeat = aHeartbeat({ id: "hbt_1", keyDigest: system.deps.sha256("the key") });
      await system.seen.heartbeats.create({ heartbeat, pulse: aPulse(heartbeat) });
    },
    steps: [pingOnce, pingOnce, pingOnce],
    atLeastCalls: 60,
  },
  { name: "an incident created manually", arrange: someoneOnCall, steps: [openByHand], atLeastCalls: 15 },
  {
    name: "an incident that is acknowledged with a note, then resolved",
    arrange: openByHand,
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
];

/** An answer in the very second of the next level: either may be first, and neither may undo the other. */
test.each(["dies", "fails", "answer_lost"] as const)(
  "an acknowledgement races with the timer, and any one call %s",
  { timeout: 60_000 },
  async (kind) => {
    for (let call = 1, calls = 1; call <= calls; call += 1) {
      const system = testSystem();
      await twoLevels(system);
      await post({ dedupKey: "a" })(system);
      await system.pump();
      system.waitUntil(monday + seconds(300));
      system.faults.plan((number) => (number === call ? kind : undefined));
      await Promise.all([system.deliverOne("timers"), change("acknowledged")(system)]);
      calls = Math.max(calls, system.faults.calls);
      await system.settle();
      const [incident] = (await outcomeOf(system)).incidents;
      expect(incident, `call ${call}`).toMatchObject({
        status: "acknowledged",
        escalation: { nextAt: null },
      });
      const climbs = incident?.events.filter((event) => event.startsWith("escalated")) ?? [];
      expect(climbs).toHaveLength((incident?.escalation?.level ?? 0) - 1);
      await expectSound(system);
    }
  },
);

/**
 * Inhibited alerts are checked once per minute, so a fault may delay the page by a minute, but it is sent
 * once.
 */
test.each(["dies", "fails", "answer_lost"] as const)(
  "a warning that waits for something worse pages once when that is over, and any one call %s",
  { timeout: 60_000 },
  async (kind) => {
    const warning = { dedupKey: "w", severity: "low" } as const;
    for (let call = 1, calls = 1; call <= calls; call += 1) {
      const system = testSystem();
      await rulesOf(system, aRule({ inhibitedBy: "critical" }));
      await post({ dedupKey: "c" })(system);
      await system.settle({ within: 1 });
      system.faults.plan((number) => (number === call ? kind : undefined));
      await post(warning)(system);
      await system.settle({ within: minutes(3) });
      await post({ dedupKey: "c", action: "resolve" })(system);
      await system.settle();
      calls = Math.max(calls, system.faults.calls);
      const { incidents, alerts } = await outcomeOf(system);
      expect(incidents, `call ${call}`).toMatchObject([
        { status: "resolved" },
        { dedupKey: "w", status: "open", alertCount: 1 },
      ]);
      expect(alerts.map(({ outcome }) => outcome).toSorted()).toEqual([
        "existing_incident",
        "new_incident",
        "new_incident",
        "suppressed",
      ]);
      expect(await pagesOf(system)).toHaveLength(2);
      await expectSound(system);
    }
  },
);

async function play(scenario: Scenario, fault?: { call: number; kind: FaultKind }): Promise<TestSystem> {
  const system = testSystem({ ...(scenario.channel && { channel: scenario.channel }) });
  await scenario.arrange?.(system);
  await system.settle();
  system.faults.plan((call) => (call === fault?.call ? fault.kind : undefined));
  for (const [index, step] of scenario.steps.entries()) {
    system.waitUntil(monday + minutes(60) + index * stepMs);
    await step(system);
    await system.settle({ within: stepMs - seconds(20) });
  }
  await system.settle();
  return system;
}

describe.each(scenarios)("$name", (scenario) => {
  test.each(["dies", "fails", "answer_lost"] as const)(
    "ends the same when any one call %s",
    { timeout: 60_000 },
    async (kind) => {
      const faultless = await play(scenario);
      const expected = { ...(await outcomeOf(faultless)), pages: await pagesOf(faultless) };
      const { calls } = faultless.faults;
      expect(calls).toBeGreaterThanOrEqual(scenario.atLeastCalls);
      await expectSound(faultless);
      for (let call = 1; call <= calls; call += 1) {
        const system = await play(scenario, { call, kind });
        const outcome = { ...(await outcomeOf(system)), pages: await pagesOf(system) };
        expect(outcome, `call ${call} ${kind}`).toEqual(expected);
        await expectSound(system);
      }
    },
  );
});
