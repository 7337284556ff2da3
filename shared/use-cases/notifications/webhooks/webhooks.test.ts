/** Events of incidents, from the change to the webhooks of a team, and the results of deliveries. */
import { describe, expect, test } from "vitest";
import { aDraft, aSchedule, aWebhook, minutes, monday, seconds } from "../../../../tests/support/builders.ts";
import {
  type TestSystem,
  type TestSystemOptions,
  testSystem,
} from "../../../../tests/support/memory/system.ts";
import { Conflict, NotFound } from "../../../domain/errors.ts";
import type { IncidentCommand } from "../../../domain/incidents/incident.ts";
import { limits } from "../../../domain/limits.ts";
import { Gone, PermanentFailure, TemporaryFailure } from "../../../domain/notifications/delivery.ts";
import type { Webhook } from "../../../domain/notifications/webhook.ts";
import { addNote } from "../../incidents/add-note.ts";
import { changeIncident } from "../../incidents/change-incident.ts";
import { mergeIncident } from "../../incidents/lifecycle/merge-incident.ts";
import { reopenIncident, unacknowledgeIncident } from "../../incidents/lifecycle/reopen-incident.ts";
import { requestResponders } from "../../incidents/lifecycle/request-responders.ts";
import { snoozeIncident } from "../../incidents/lifecycle/snooze-incident.ts";
import { updateIncident } from "../../incidents/lifecycle/update-incident.ts";
import { createWebhook } from "./create-webhook.ts";
import { deleteWebhook } from "./delete-webhook.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { readDelivery } from "./read-delivery.ts";
import { replayDelivery } from "./replay-delivery.ts";
import { testWebhook } from "./test-webhook.ts";
import { updateWebhook } from "./update-webhook.ts";

const everything = { limit: 200, after: null };
const team = "checkout";

/** A team with someone on call and one webhook. Channels accept by default. */
async function systemOf(webhook: Partial<Webhook> = {}, options: TestSystemOptions = {}) {
  const system = testSystem(options);
  await system.seen.schedules.create(aSchedule({ team }));
  const hook = aWebhook({ team, ...webhook });
  await system.seen.webhooks.create(hook);
  return { system, hook };
}

/** Receivers with given answers; people are reached. */
const receiver = (failure: () => Error | undefined): TestSystemOptions => ({
  channel: {
    deliver: async ({ webhook }) => {
      const error = webhook && failure();
      if (error) throw error;
      return { detail: "200 thanks" };
    },
  },
});

async function change(system: TestSystem, ...commands: IncidentCommand[]) {
  const [incident] = (await system.seen.incidents.list({}, everything)).items;
  await changeIncident(system.deps, incident?.id ?? "", { commands, note: null, actor: "ada" }, system.now());
  await system.pump();
}

const deliveriesOf = async (system: TestSystem, { id }: Webhook) =>
  (await listDeliveries(system.deps, team, id, everything)).items.toReversed();
const sentTo = (system: TestSystem, { id }: Webhook) =>
  system.pages.filter(({ webhook }) => webhook?.webhookId === id).map(({ metadata }) => metadata.event);

describe("a team's webhook", () => {
  test("receives all events of the team's incidents, in order", async () => {
    const { system, hook } = await systemOf();
    await system.receive(aDraft({ severity: "low" }));
    await system.pump();
    await change(system, { type: "change_severity", to: "critical", actor: "ada" });
    await change(system, { type: "assign", to: { name: "Bob", email: "bob@example.com" }, actor: "ada" });
    await change(system, { type: "move", to: "acknowledged", actor: "ada" });
    await addNote(system.deps, "1", { author: "ada", content: "rolled back" }, system.now());
    await system.pump();
    await change(system, { type: "rename", to: "Checkout", actor: "ada" });
    await change(system, { type: "change_severity", to: "high", actor: "ada" });
    await change(system, { type: "move", to: "resolved", actor: "ada" });
    expect(sentTo(system, hook)).toEqual([
      "incident.triggered",
      "incident.severity_raised",
      "incident.reassigned",
      "incident.acknowledged",
      "incident.note_added",
      "incident.renamed",
      "incident.severity_lowered",
      "incident.resolved",
    ]);
    expect(await deliveriesOf(system, hook)).toMatchObject(
      Array.from({ length: 8 }, () => ({ status: "sent", address: hook.url, attempts: [{ ok: true }] })),
    );
  });

  test("receives the lifecycle of an incident, in order", async () => {
    const { system, hook } = await systemOf();
    await system.receive(aDraft({ dedupKey: "a" }), aDraft({ dedupKey: "b" }));
    await system.pump();
    const { deps, now } = system;
    const context = { actor: "ada@example.com", note: null };
    const update = (changes: Partial<Parameters<typeof updateIncident>[2]>) =>
      updateIncident(deps, "2", { commands: [], ...context, ...changes }, now());
    const acknowledgement = { ...context, actor: "eva@example.com" };
    const steps: readonly (() => Promise<unknown>)[] = [
      () => snoozeIncident(deps, "2", now() + minutes(1), context, now()),
      () => unacknowledgeIncident(deps, "2", context, now()),
      () =>
        requestResponders(
          deps,
          "2",
          { emails: ["eva@example.com"], teams: [], message: null, actor: null },
          now(),
        ),
      () =>
        changeIncident(
          deps,
          "2",
          { commands: [{ type: "move", to: "acknowledged", actor: "eva@example.com" }], ...acknowledgement },
          now(),
        ),
      () => update({ service: "search", team }),
      () => update({ urgency: "low" }),
      () => update({ commands: [{ type: "describe", to: "since noon", actor: null }] }),
      () => update({ commands: [{ type: "move", to: "resolved", actor: null }] }),
      () => reopenIncident(deps, "2", context, now()),
      () => mergeIncident(deps, "2", { into: "1", ...context }, now()),
    ];
    const sent: unknown[] = [];
    for (const step of steps) {
      system.advance(seconds(1));
      const before = sentTo(system, hook).length;
      await step();
      await system.pump();
      // Events of one step have no order.
      sent.push(...sentTo(system, hook).slice(before).toSorted());
    }
    expect(sent).toEqual([
      "incident.snoozed",
      "incident.unacknowledged",
      "incident.responders_requested",
      "incident.acknowledged",
      "incident.responder_answered",
      "incident.moved",
      "incident.urgency_changed",
      "incident.description_changed",
      "incident.resolved",
      "incident.reopened",
      "incident.merged",
      "incident.merged_from",
    ]);
    const merged = (await deliveriesOf(system, hook)).filter(({ metadata }) =>
      String(metadata.event).startsWith("incident.merged"),
    );
    const delivered = (event: object) =>
      expect.objectContaining({
        status: "sent",
        webhook: expect.objectContaining({ event: expect.objectContaining(event) }),
      });
    expect(merged).toHaveLength(2);
    expect(merged).toEqual(
      expect.arrayContaining([
        delivered({ type: "merged", into: expect.objectContaining({ number: 1 }) }),
        delivered({ type: "merged_from", from: expect.objectContaining({ number: 2 }), alertCount: 1 }),
      ]),
    );
  });

  test("receives an escalation", async () => {
    const { system, hook } = await systemOf();
    await system.receive(aDraft());
    await system.settle();
    expect(sentTo(system, hook)).toEqual(["incident.triggered", "incident.escalated"]);
  });

  test("receives coverage gaps of the team without anyone on call", async () => {
    const system = testSystem();
    const hook = aWebhook({ team: "default", events: ["incident.coverage_gap"] });
    await system.seen.webhooks.create(hook);
    await system.receive(aDraft());
    await system.settle();
    expect(sentTo(system, hook)).toEqual(["incident.coverage_gap"]);
  });

  test("receives only the selected events, and none of other teams", async () => {
    const { system, hook } = await systemOf({ events: ["incident.resolved"] });
    const other = aWebhook({ team: "search" });
    await system.seen.webhooks.create(other);
    await system.receive(aDraft());
    await system.pump();
    await change(system, { type: "move", to: "resolved", actor: null });
    expect(sentTo(system, hook)).toEqual(["incident.resolved"]);
    expect(sentTo(system, other)).toEqual([]);
  });

  test("that is disabled receives nothing, nor earlier events once it is enabled", async () => {
    const { system, hook } = await systemOf({ enabled: false });
    await system.receive(aDraft());
    await system.pump();
    await updateWebhook(system.deps, hook, { enabled: true }, system.now());
    await change(system, { type: "move", to: "resolved", actor: null });
    expect(sentTo(system, hook)).toEqual(["incident.resolved"]);
  });

  test("that fails is tried again as all notifications are, and says when", async () => {
    let failures = 2;
    const { system, hook } = await systemOf(
      { events: ["incident.triggered"] },
      receiver(() => (failures-- > 0 ? new TemporaryFailure("503") : undefined)),
    );
    await system.receive(aDraft());
    await system.pump();
    const [waiting] = await deliveriesOf(system, hook);
    expect(waiting).toMatchObject({ status: "queued", nextAttemptAt: monday + seconds(15) });
    await system.settle({ within: minutes(2) });
    const [sent] = await deliveriesOf(system, hook);
    expect(sent).toMatchObject({ status: "sent", nextAttemptAt: null });
    expect(sent?.attempts.map(({ outcome }) => outcome)).toEqual(["temporary", "temporary", "sent"]);
  });

  test("that responds 410 is disabled, with the reason, until someone enables it", async () => {
    const { system, hook } = await systemOf(
      {},
      receiver(() => new Gone("410")),
    );
    await system.receive(aDraft());
    await system.pump();
    expect(await system.seen.webhooks.find(team, hook.id)).toMatchObject({
      enabled: false,
      disabledReason: "the receiver returned 410 Gone",
    });
    await change(system, { type: "move", to: "resolved", actor: null });
    expect(sentTo(system, hook)).toEqual(["incident.triggered"]);
    const enabled = await updateWebhook(system.deps, hook, { enabled: true }, system.now());
    expect(enabled).toMatchObject({ enabled: true, disabledReason: null });
  });

  test("that leads elsewhere by now stays, whatever the URL before answers", async () => {
    const { system, hook } = await systemOf(
      {},
      receiver(() => new Gone("410")),
    );
    await system.receive(aDraft());
    await system.deliverOne("alerts");
    await system.deliverOne("events");
    await updateWebhook(system.deps, hook, { url: "https://new.example.com/hook" }, system.now());
    await system.pump();
    expect(await system.seen.webhooks.find(team, hook.id)).toMatchObject({ enabled: true });
  });

  test("that refuses in another way stays", async () => {
    const { system, hook } = await systemOf(
      {},
      receiver(() => new PermanentFailure("404")),
    );
    await system.receive(aDraft());
    await system.pump();
    expect(await system.seen.webhooks.find(team, hook.id)).toMatchObject({ enabled: true });
    expect(await deliveriesOf(system, hook)).toMatchObject([{ status: "failed" }]);
  });

  test.each([
    ["deleted", (system: TestSystem, { id }: Webhook) => deleteWebhook(system.deps, team, id)],
    [
      "disabled",
      (system: TestSystem, hook: Webhook) => updateWebhook(system.deps, hook, { enabled: false }, monday),
    ],
  ])("that is %s is not sent what waits", async (how, act) => {
    const { system, hook } = await systemOf();
    await system.receive(aDraft());
    await system.deliverOne("alerts");
    await system.deliverOne("events");
    await act(system, hook);
    await system.pump();
    expect(sentTo(system, hook)).toEqual([]);
    const { items } = await system.seen.notifications.list({ recipient: `webhook:${hook.id}` }, everything);
    expect(items).toMatchObject([
      { status: "suppressed", reason: `the webhook was ${how} before it was sent` },
    ]);
  });

  test("is one of so many that a team may have", async () => {
    const system = testSystem();
    const deps = { ...system.deps, makeSigningSecret: () => "whsec_" };
    const draft = { team, url: "https://example.com/", description: null, events: [] };
    for (let count = 0; count < limits.webhooksPerTeam; count += 1) await createWebhook(deps, draft, monday);
    await expect(createWebhook(deps, draft, monday)).rejects.toThrow(Conflict);
    await createWebhook(deps, { ...draft, team: "search" }, monday);
  });
});

describe("a delivery", () => {
  test("that failed is replayed with attempts of its own, under the same id, to where the webhook leads now", async () => {
    let isUp = false;
    const { system, hook } = await systemOf(
      { events: ["incident.triggered"] },
      receiver(() => (isUp ? undefined : new TemporaryFailure("503"))),
    );
    await system.receive(aDraft());
    await system.settle();
    const [failed] = await deliveriesOf(system, hook);
    expect(failed).toMatchObject({ status: "failed" });
    const url = "https://new.example.com/hook";
    await updateWebhook(system.deps, hook, { url }, system.now());
    isUp = true;
    const replay = await replayDelivery(system.deps, team, hook.id, failed?.id ?? "", system.now());
    await system.pump();
    const message = { messageId: failed?.id, event: failed?.webhook.event };
    expect(await readDelivery(system.deps, team, hook.id, replay.id)).toMatchObject({
      status: "sent",
      address: url,
      attempts: [{ ok: true }],
      webhook: message,
      incidentId: failed?.incidentId,
    });
    const again = await replayDelivery(system.deps, team, hook.id, replay.id, system.now());
    expect(again.webhook).toMatchObject(message);
  });

  test("is not replayed to a webhook that is disabled", async () => {
    const { system, hook } = await systemOf();
    await system.receive(aDraft());
    await system.pump();
    const [sent] = await deliveriesOf(system, hook);
    await updateWebhook(system.deps, hook, { enabled: false }, system.now());
    const replay = replayDelivery(system.deps, team, hook.id, sent?.id ?? "", system.now());
    await expect(replay).rejects.toThrow(Conflict);
  });

  test("is that of its webhook alone, and no page is one", async () => {
    const { system, hook } = await systemOf();
    const other = aWebhook({ team });
    await system.seen.webhooks.create(other);
    await system.receive(aDraft());
    await system.pump();
    const [sent] = await deliveriesOf(system, hook);
    const page = system.pages.find(({ kind }) => kind === "page");
    await expect(readDelivery(system.deps, team, other.id, sent?.id ?? "")).rejects.toThrow(NotFound);
    await expect(readDelivery(system.deps, team, hook.id, page?.id ?? "")).rejects.toThrow(NotFound);
    await expect(readDelivery(system.deps, "search", hook.id, sent?.id ?? "")).rejects.toThrow(NotFound);
  });

  test("is sent as a test delivery to a disabled webhook too", async () => {
    const { system, hook } = await systemOf({ enabled: false });
    const ping = await testWebhook(system.deps, team, hook.id, system.now());
    await system.pump();
    expect(await deliveriesOf(system, hook)).toMatchObject([
      { id: ping.id, status: "sent", incidentId: null, webhook: { messageId: ping.id, event: null } },
    ]);
  });
});
