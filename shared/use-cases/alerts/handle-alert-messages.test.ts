import { describe, expect, test } from "vitest";
import { aDraft, ada, anAlert, aRule, monday } from "../../../tests/support/builders.ts";
import { opened } from "../../../tests/support/memory/escalation.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import type { Alert } from "../../domain/alerts/alert.ts";
import type { FollowUp } from "../../domain/alerts/follow-up.ts";
import { timeOfId } from "../../domain/ids.ts";
import { handleAlertMessages } from "./handle-alert-messages.ts";

const everything = { limit: 200, after: null };

function aFollowUp(fields: Partial<FollowUp> = {}, id = "flw_01M83XJ88000000000000000ZZ"): FollowUp {
  const { service, severity } = aDraft();
  const alert = anAlert({ id, service, severity, dedupKey: "a", action: "acknowledge", message: "" });
  return { alert, actor: "ada", note: "on it", ...fields };
}

async function incidentIn(system: ReturnType<typeof testSystem>) {
  const [incident] = (await system.seen.incidents.list({}, everything)).items;
  if (!incident) throw new Error("There is no incident");
  return { incident, ...(await system.seen.incidentEvents.history(incident.id)) };
}

describe("a follow-up", () => {
  test("changes nothing when it comes again", async () => {
    const system = await opened();
    const followUp = aFollowUp({ severity: "critical", assignedTo: ada.email, escalate: true });
    await system.deps.alertQueue.sendFollowUps([followUp]);
    await system.pump();
    const first = await incidentIn(system);
    const pages = system.pages.length;
    await handleAlertMessages(system.deps, [{ followUp }, { followUp }], []);
    await system.pump();
    const second = await incidentIn(system);
    expect(second.notes).toEqual(first.notes);
    expect(second.notes).toMatchObject([{ author: "ada", content: "on it" }]);
    expect(second.events).toEqual(first.events);
    expect(second.events.filter(({ type }) => type === "escalated")).toHaveLength(1);
    expect(system.pages).toHaveLength(pages);
  });

  test("edits an alert once, even if it comes again after a person's edit or a crash", async () => {
    const system = await opened();
    const labels = { set: { region: "eu" }, tags: { added: ["a"], removed: [] } };
    const followUp = aFollowUp({ message: "Slower", description: "Since noon", labels, note: null });
    const { record } = system.deps.alerts;
    const crash = async () => {
      await handleAlertMessages(system.deps, [{ followUp }], []);
    };
    system.deps.alerts = {
      ...system.deps.alerts,
      record: (alerts) => record(alerts).then(() => Promise.reject("dead")),
    };
    await expect(crash()).rejects.toBe("dead");
    system.deps.alerts = { ...system.deps.alerts, record };
    await crash();
    const first = await incidentIn(system);
    expect(first.incident).toMatchObject({ title: "[CRITICAL] checkout: Slower", description: "Since noon" });
    expect(
      first.events
        .slice(-3)
        .map(({ type }) => type)
        .toSorted(),
    ).toEqual([...["description_changed", "labels_changed", "title_changed"]]);
    const later = aFollowUp({ message: "Slow again", note: null }, "flw_01M83XJ88000000000000000ZY");
    await handleAlertMessages(system.deps, [{ followUp: later }, { followUp }], []);
    const second = await incidentIn(system);
    expect(second.incident.title).toBe("[CRITICAL] checkout: Slow again");
    const [alert] = (await system.seen.alerts.list({}, everything)).items;
    expect(alert).toMatchObject({
      message: "Slow again",
      labels: { region: "eu", description: "Since noon", tags: "a" },
    });
    expect(second.events).toHaveLength(first.events.length + 1);
  });

  test("is no alert: nothing is counted, recorded or acknowledged", async () => {
    const system = await opened();
    const before = (await system.seen.alerts.list({}, everything)).items;
    await handleAlertMessages(system.deps, [{ followUp: aFollowUp() }], []);
    expect((await system.seen.alerts.list({}, everything)).items).toEqual(before);
    expect((await incidentIn(system)).incident).toMatchObject({ status: "open", alertCount: before.length });
  });

  test("takes effect between the alerts that it came between", async () => {
    const system = testSystem();
    const { service, severity } = aDraft();
    const alert = (id: string, action: "trigger" | "resolve") =>
      anAlert({ id: `alt_01M83XJ880000000000000000${id}`, service, severity, dedupKey: "a", action });
    const messages = [
      { followUp: aFollowUp({ note: "too early" }, "flw_01M83XJ88000000000000000Z1") },
      { alert: alert("1", "trigger") },
      { followUp: aFollowUp({ note: "first" }, "flw_01M83XJ88000000000000000Z2") },
      { alert: alert("2", "resolve") },
      { alert: alert("3", "trigger") },
      { followUp: aFollowUp({ note: "second" }, "flw_01M83XJ88000000000000000Z3") },
    ];
    await handleAlertMessages(system.deps, messages, []);
    const incidents = (await system.seen.incidents.list({}, everything)).items.toReversed();
    const notes = incidents.map(async ({ id }) =>
      (await system.seen.incidentEvents.history(id)).notes.map(({ content }) => content),
    );
    expect(await Promise.all(notes)).toEqual([["first"], ["second"]]);
  });

  test("goes to the team that a rule selects for its service", async () => {
    const system = testSystem();
    const matchers = [{ field: "service", op: "=", value: aDraft().service }] as const;
    const rule = aRule({ matchers, service: "elsewhere" });
    await system.seen.ruleStore.putRouting({ rules: [rule], inForceFrom: monday }, null);
    await system.receive(aDraft({ dedupKey: "a" }));
    await system.deps.alertQueue.sendFollowUps([aFollowUp()]);
    await system.pump();
    const { incident, notes } = await incidentIn(system);
    expect([incident.service, notes.map(({ content }) => content)]).toEqual(["elsewhere", ["on it"]]);
  });
});

describe("an alert that is recorded", () => {
  const handledAgain = async (fields: Partial<Alert>, delivery: { repeated: boolean; lateMs: number }) => {
    const system = testSystem();
    const alert = anAlert({ dedupKey: "a", ...fields });
    const at = timeOfId(alert.id);
    await handleAlertMessages(system.deps, [{ alert }], [{ repeated: false, sentAt: at }]);
    const reads: string[] = [];
    const { recorded } = system.deps.alerts;
    system.deps.alerts = {
      ...system.deps.alerts,
      recorded: (ids) => {
        reads.push(...ids);
        return recorded(ids);
      },
    };
    const { repeated, lateMs } = delivery;
    await handleAlertMessages(system.deps, [{ alert }], [{ repeated, sentAt: at + lateMs }]);
    return reads.length;
  };

  test.each([
    { name: "received again", delivery: { repeated: true, lateMs: 0 }, reads: 1 },
    { name: "sent again later", delivery: { repeated: false, lateMs: 300_000 }, reads: 1 },
    { name: "delivered the first time", delivery: { repeated: false, lateMs: 1_000 }, reads: 0 },
  ])("is looked up if its message was $name: $reads", async ({ delivery, reads }) => {
    expect(await handledAgain({}, delivery)).toBe(reads);
  });

  test("is looked up if rules sent it on", async () => {
    expect(await handledAgain({ route: { rules: [] } }, { repeated: false, lateMs: 0 })).toBe(1);
  });
});
