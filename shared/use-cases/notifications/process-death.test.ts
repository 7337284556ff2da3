/** Every call to the table, a queue or a provider goes wrong once, in each way that it can. */
import { ada, aSchedule, aUser, aWebhook, minutes } from "../../../tests/support/builders.ts";
import type { TestSystem } from "../../../tests/support/memory/system.ts";
import {
  change,
  faultSuite,
  openManually,
  post,
  someoneOnCall,
  twoLevels,
} from "../../../tests/support/suites/fault-suite.ts";
import { Gone, PermanentFailure } from "../../domain/notifications/delivery.ts";
import { announcedEvents } from "../../domain/notifications/team-channel.ts";
import { escalateManually } from "../oncall/escalate.ts";
import { replayDelivery } from "./webhooks/replay-delivery.ts";

const escalate = (key: string, team: string) => async (system: TestSystem) => {
  const [incident] = (await system.seen.incidents.list({}, { limit: 1, after: null })).items;
  const request = { team, incidentId: incident?.id ?? "", reason: null, actor: "ada" };
  return system.request(key, (now, ulid) => escalateManually({ ...system.deps, ulid }, request, now));
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

/** By text only if the mail fails. */
const mailThenPhone = { ...threeWays, notificationRules: [{ contactMethodId: "mail", delaySeconds: 0 }] };

faultSuite([
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
      await openManually(system);
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
    name: "a storm whose pages share messages, acknowledged in part and resolved",
    arrange: someoneOnCall,
    bundlingMs: minutes(1),
    steps: [
      post({ dedupKey: "a" }, { dedupKey: "b" }, { dedupKey: "c" }),
      change("acknowledged"),
      change("resolved"),
    ],
    atLeastCalls: 60,
  },
  {
    name: "a storm whose pages share messages that a mailbox rejects",
    arrange: async (system) => {
      await someoneOnCall(system);
      await system.seen.users.put(mailThenPhone);
    },
    bundlingMs: minutes(1),
    channel: {
      deliver: async ({ notification: { channel } }) => {
        if (channel === "email") throw new PermanentFailure("no such mailbox");
        return { detail: "accepted" };
      },
    },
    steps: [post({ dedupKey: "a" }, { dedupKey: "b" }, { dedupKey: "c" }), change("resolved")],
    atLeastCalls: 60,
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
]);
