import { describe, expect, test } from "vitest";
import { aDraft, ada, anAlert, aRule, monday } from "../../../tests/support/builders.ts";
import { opened } from "../../../tests/support/escalation.ts";
import { testWorld } from "../../../tests/support/world.ts";
import type { FollowUp } from "../../domain/alerts/follow-up.ts";
import { handleAlertMessages } from "./handle-alert-messages.ts";

const everything = { limit: 200, after: null };

function aFollowUp(fields: Partial<FollowUp> = {}, id = "flw_01M83XJ88000000000000000ZZ"): FollowUp {
  const { service, severity } = aDraft();
  const alert = anAlert({ id, service, severity, dedupKey: "a", action: "acknowledge", message: "" });
  return { alert, actor: "ada", note: "on it", ...fields };
}

async function incidentIn(world: ReturnType<typeof testWorld>) {
  const [incident] = (await world.seen.incidents.list({}, everything)).items;
  if (!incident) throw new Error("There is no incident");
  return { incident, ...(await world.seen.incidents.history(incident.id)) };
}

describe("a follow-up", () => {
  test("changes nothing when it comes again", async () => {
    const world = await opened();
    const followUp = aFollowUp({ severity: "critical", assignedTo: ada, escalate: true });
    await world.deps.alertQueue.sendFollowUps([followUp]);
    await world.pump();
    const first = await incidentIn(world);
    const pages = world.pages.length;
    await handleAlertMessages(world.deps, [{ followUp }, { followUp }]);
    await world.pump();
    const second = await incidentIn(world);
    expect(second.notes).toEqual(first.notes);
    expect(second.notes).toMatchObject([{ author: "ada", content: "on it" }]);
    expect(second.events).toEqual(first.events);
    expect(second.events.filter(({ type }) => type === "escalated")).toHaveLength(1);
    expect(world.pages).toHaveLength(pages);
  });

  test("is no alert: nothing is counted, recorded or acknowledged", async () => {
    const world = await opened();
    const before = (await world.seen.alerts.list({}, everything)).items;
    await handleAlertMessages(world.deps, [{ followUp: aFollowUp() }]);
    expect((await world.seen.alerts.list({}, everything)).items).toEqual(before);
    expect((await incidentIn(world)).incident).toMatchObject({ status: "open", alertCount: before.length });
  });

  test("takes effect between the alerts that it came between", async () => {
    const world = testWorld();
    const { service, severity } = aDraft();
    const alert = (id: string, action: "trigger" | "resolve") =>
      anAlert({ id: `alt_01M83XJ880000000000000000${id}`, service, severity, dedupKey: "a", action });
    await handleAlertMessages(world.deps, [
      { followUp: aFollowUp({ note: "too early" }, "flw_01M83XJ88000000000000000Z1") },
      { alert: alert("1", "trigger") },
      { followUp: aFollowUp({ note: "first" }, "flw_01M83XJ88000000000000000Z2") },
      { alert: alert("2", "resolve") },
      { alert: alert("3", "trigger") },
      { followUp: aFollowUp({ note: "second" }, "flw_01M83XJ88000000000000000Z3") },
    ]);
    const incidents = (await world.seen.incidents.list({}, everything)).items.toReversed();
    const notes = incidents.map(async ({ id }) =>
      (await world.seen.incidents.history(id)).notes.map(({ content }) => content),
    );
    expect(await Promise.all(notes)).toEqual([["first"], ["second"]]);
  });

  test("goes where a rule sends alerts of its service", async () => {
    const world = testWorld();
    const matchers = [{ field: "service", op: "=", value: aDraft().service }] as const;
    const rule = aRule({ matchers, service: "elsewhere" });
    const current = { rules: [rule], inForceFrom: monday, version: 1 };
    await world.seen.ruleStore.putRouting({ current, superseded: null });
    await world.receive(aDraft({ dedupKey: "a" }));
    await world.deps.alertQueue.sendFollowUps([aFollowUp()]);
    await world.pump();
    const { incident, notes } = await incidentIn(world);
    expect([incident.service, notes.map(({ content }) => content)]).toEqual(["elsewhere", ["on it"]]);
  });
});
