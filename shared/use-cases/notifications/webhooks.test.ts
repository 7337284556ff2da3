/** From what happens to an incident to what a team's webhooks are told, and what becomes of them. */
import { describe, expect, test } from "vitest";
import { aDraft, aSchedule, aWebhook, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { testWorld, type World, type WorldOptions } from "../../../tests/support/world.ts";
import { Conflict, NotFound } from "../../domain/errors.ts";
import type { IncidentCommand } from "../../domain/incidents/incident.ts";
import { limits } from "../../domain/limits.ts";
import { Gone, PermanentFailure, TemporaryFailure } from "../../domain/notifications/delivery.ts";
import type { Webhook } from "../../domain/notifications/webhook.ts";
import { addNote } from "../incidents/add-note.ts";
import { changeIncident } from "../incidents/change-incident.ts";
import { listDeliveries, readDelivery, replayDelivery, testWebhook } from "./webhook-deliveries.ts";
import { createWebhook, deleteWebhook, updateWebhook } from "./webhooks.ts";

const everything = { limit: 200, after: null };
const team = "checkout";

/** A team with somebody on call and one webhook; channels accept unless told. */
async function worldOf(webhook: Partial<Webhook> = {}, options: WorldOptions = {}) {
  const world = testWorld(options);
  await world.seen.schedules.create(aSchedule({ team }));
  const hook = aWebhook({ team, ...webhook });
  await world.seen.webhooks.create(hook);
  return { world, hook };
}

/** Receivers that fail as told; people are reached. */
const receiver = (failure: () => Error | undefined): WorldOptions => ({
  channel: {
    deliver: async ({ webhook }) => {
      const error = webhook && failure();
      if (error) throw error;
      return { detail: "200 thanks" };
    },
  },
});

async function change(world: World, ...commands: IncidentCommand[]) {
  const [incident] = (await world.seen.incidents.list({}, everything)).items;
  await changeIncident(world.deps, incident?.id ?? "", { commands, note: null, actor: "ada" }, world.now());
  await world.pump();
}

const deliveriesOf = async (world: World, { id }: Webhook) =>
  (await listDeliveries(world.deps, team, id, everything)).items.toReversed();
const toldTo = (world: World, { id }: Webhook) =>
  world.pages.filter(({ webhook }) => webhook?.webhookId === id).map(({ metadata }) => metadata.event);

describe("a team's webhook", () => {
  test("hears all that happens to the team's incidents, in that order", async () => {
    const { world, hook } = await worldOf();
    await world.receive(aDraft({ severity: "low" }));
    await world.pump();
    await change(world, { type: "change_severity", to: "critical", actor: "ada" });
    await change(world, { type: "assign", to: { name: "Bob", email: "bob@example.com" }, actor: "ada" });
    await change(world, { type: "move", to: "acknowledged", actor: "ada" });
    await addNote(world.deps, "1", { author: "ada", content: "rolled back" }, world.now());
    await world.pump();
    await change(world, { type: "rename", to: "Checkout", actor: "ada" });
    await change(world, { type: "change_severity", to: "high", actor: "ada" });
    await change(world, { type: "move", to: "resolved", actor: "ada" });
    expect(toldTo(world, hook)).toEqual([
      "incident.triggered",
      "incident.severity_raised",
      "incident.reassigned",
      "incident.acknowledged",
      "incident.note_added",
      "incident.renamed",
      "incident.severity_lowered",
      "incident.resolved",
    ]);
    expect(await deliveriesOf(world, hook)).toMatchObject(
      Array.from({ length: 8 }, () => ({ status: "sent", address: hook.url, attempts: [{ ok: true }] })),
    );
  });

  test("hears of a climb", async () => {
    const { world, hook } = await worldOf();
    await world.receive(aDraft());
    await world.settle();
    expect(toldTo(world, hook)).toEqual(["incident.triggered", "incident.escalated"]);
  });

  test("hears of nobody being on call, of the team that had nobody", async () => {
    const world = testWorld();
    const hook = aWebhook({ team: "default", events: ["incident.coverage_gap"] });
    await world.seen.webhooks.create(hook);
    await world.receive(aDraft());
    await world.settle();
    expect(toldTo(world, hook)).toEqual(["incident.coverage_gap"]);
  });

  test("hears nothing else than what it asked for, and nothing of other teams", async () => {
    const { world, hook } = await worldOf({ events: ["incident.resolved"] });
    const other = aWebhook({ team: "search" });
    await world.seen.webhooks.create(other);
    await world.receive(aDraft());
    await world.pump();
    await change(world, { type: "move", to: "resolved", actor: null });
    expect(toldTo(world, hook)).toEqual(["incident.resolved"]);
    expect(toldTo(world, other)).toEqual([]);
  });

  test("that is disabled hears nothing, of before neither when it is enabled", async () => {
    const { world, hook } = await worldOf({ enabled: false });
    await world.receive(aDraft());
    await world.pump();
    await updateWebhook(world.deps, hook, { enabled: true }, world.now());
    await change(world, { type: "move", to: "resolved", actor: null });
    expect(toldTo(world, hook)).toEqual(["incident.resolved"]);
  });

  test("that fails is tried again as all notifications are, and says when", async () => {
    let failures = 2;
    const { world, hook } = await worldOf(
      { events: ["incident.triggered"] },
      receiver(() => (failures-- > 0 ? new TemporaryFailure("503") : undefined)),
    );
    await world.receive(aDraft());
    await world.pump();
    const [waiting] = await deliveriesOf(world, hook);
    expect(waiting).toMatchObject({ status: "queued", nextAttemptAt: monday + seconds(15) });
    await world.settle({ within: minutes(2) });
    const [sent] = await deliveriesOf(world, hook);
    expect(sent).toMatchObject({ status: "sent", nextAttemptAt: null });
    expect(sent?.attempts.map(({ outcome }) => outcome)).toEqual(["temporary", "temporary", "sent"]);
  });

  test("that answers 410 is disabled, with the reason, until somebody enables it", async () => {
    const { world, hook } = await worldOf(
      {},
      receiver(() => new Gone("410")),
    );
    await world.receive(aDraft());
    await world.pump();
    expect(await world.seen.webhooks.find(team, hook.id)).toMatchObject({
      enabled: false,
      disabledReason: "the receiver returned 410 Gone",
    });
    await change(world, { type: "move", to: "resolved", actor: null });
    expect(toldTo(world, hook)).toEqual(["incident.triggered"]);
    const enabled = await updateWebhook(world.deps, hook, { enabled: true }, world.now());
    expect(enabled).toMatchObject({ enabled: true, disabledReason: null });
  });

  test("that leads elsewhere by now stays, whatever the URL before answers", async () => {
    const { world, hook } = await worldOf(
      {},
      receiver(() => new Gone("410")),
    );
    await world.receive(aDraft());
    await world.deliverOne("alerts");
    await world.deliverOne("events");
    await updateWebhook(world.deps, hook, { url: "https://new.example.com/hook" }, world.now());
    await world.pump();
    expect(await world.seen.webhooks.find(team, hook.id)).toMatchObject({ enabled: true });
  });

  test("that refuses in another way stays", async () => {
    const { world, hook } = await worldOf(
      {},
      receiver(() => new PermanentFailure("404")),
    );
    await world.receive(aDraft());
    await world.pump();
    expect(await world.seen.webhooks.find(team, hook.id)).toMatchObject({ enabled: true });
    expect(await deliveriesOf(world, hook)).toMatchObject([{ status: "failed" }]);
  });

  test.each([
    ["deleted", (world: World, { id }: Webhook) => deleteWebhook(world.deps, team, id)],
    [
      "disabled",
      (world: World, hook: Webhook) => updateWebhook(world.deps, hook, { enabled: false }, monday),
    ],
  ])("that is %s is not sent what waits", async (how, act) => {
    const { world, hook } = await worldOf();
    await world.receive(aDraft());
    await world.deliverOne("alerts");
    await world.deliverOne("events");
    await act(world, hook);
    await world.pump();
    expect(toldTo(world, hook)).toEqual([]);
    const { items } = await world.seen.notifications.list({ recipient: `webhook:${hook.id}` }, everything);
    expect(items).toMatchObject([
      { status: "suppressed", reason: `the webhook was ${how} before it was sent` },
    ]);
  });

  test("is one of so many that a team may have", async () => {
    const world = testWorld();
    const deps = { ...world.deps, makeSigningSecret: () => "whsec_" };
    const draft = { team, url: "https://example.com/", description: null, events: [] };
    for (let count = 0; count < limits.webhooksPerTeam; count += 1) await createWebhook(deps, draft, monday);
    await expect(createWebhook(deps, draft, monday)).rejects.toThrow(Conflict);
    await createWebhook(deps, { ...draft, team: "search" }, monday);
  });
});

describe("a delivery", () => {
  test("that failed is replayed with attempts of its own, under the same id, to where the webhook leads now", async () => {
    let isUp = false;
    const { world, hook } = await worldOf(
      { events: ["incident.triggered"] },
      receiver(() => (isUp ? undefined : new TemporaryFailure("503"))),
    );
    await world.receive(aDraft());
    await world.settle();
    const [failed] = await deliveriesOf(world, hook);
    expect(failed).toMatchObject({ status: "failed" });
    const url = "https://new.example.com/hook";
    await updateWebhook(world.deps, hook, { url }, world.now());
    isUp = true;
    const replay = await replayDelivery(world.deps, team, hook.id, failed?.id ?? "", world.now());
    await world.pump();
    const message = { messageId: failed?.id, event: failed?.webhook.event };
    expect(await readDelivery(world.deps, team, hook.id, replay.id)).toMatchObject({
      status: "sent",
      address: url,
      attempts: [{ ok: true }],
      webhook: message,
      incidentId: failed?.incidentId,
    });
    const again = await replayDelivery(world.deps, team, hook.id, replay.id, world.now());
    expect(again.webhook).toMatchObject(message);
  });

  test("is not replayed to a webhook that is disabled", async () => {
    const { world, hook } = await worldOf();
    await world.receive(aDraft());
    await world.pump();
    const [sent] = await deliveriesOf(world, hook);
    await updateWebhook(world.deps, hook, { enabled: false }, world.now());
    const replay = replayDelivery(world.deps, team, hook.id, sent?.id ?? "", world.now());
    await expect(replay).rejects.toThrow(Conflict);
  });

  test("is that of its webhook alone, and no page is one", async () => {
    const { world, hook } = await worldOf();
    const other = aWebhook({ team });
    await world.seen.webhooks.create(other);
    await world.receive(aDraft());
    await world.pump();
    const [sent] = await deliveriesOf(world, hook);
    const page = world.pages.find(({ kind }) => kind === "page");
    await expect(readDelivery(world.deps, team, other.id, sent?.id ?? "")).rejects.toThrow(NotFound);
    await expect(readDelivery(world.deps, team, hook.id, page?.id ?? "")).rejects.toThrow(NotFound);
    await expect(readDelivery(world.deps, "search", hook.id, sent?.id ?? "")).rejects.toThrow(NotFound);
  });

  test("to see whether it arrives is sent to a webhook that is disabled too", async () => {
    const { world, hook } = await worldOf({ enabled: false });
    const ping = await testWebhook(world.deps, team, hook.id, world.now());
    await world.pump();
    expect(await deliveriesOf(world, hook)).toMatchObject([
      { id: ping.id, status: "sent", incidentId: null, webhook: { messageId: ping.id, event: null } },
    ]);
  });
});
