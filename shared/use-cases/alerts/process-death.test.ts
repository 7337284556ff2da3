/** Every call to the table, a queue or a provider goes wrong once, in each way that it can. */
import {
  aHeartbeat,
  aPulse,
  aRule,
  aSilence,
  days,
  minutes,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import {
  change,
  faultSuite,
  post,
  rulesOf,
  someoneOnCall,
  stepMs,
  untilAnswered,
} from "../../../tests/support/suites/fault-suite.ts";
import { endSilence } from "./end-silence.ts";
import { recordPing } from "./heartbeats/record-ping.ts";

const pingOnce = untilAnswered((system, at) => recordPing(system.deps, "the key", at));

const endOf = (silenceId: string) => untilAnswered((system, at) => endSilence(system.deps, silenceId, at));

faultSuite([
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
]);
