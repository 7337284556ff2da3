import { describe, expect, test } from "vitest";
import { minutes } from "../../../tests/support/builders.ts";
import { integrationSystem } from "../../../tests/support/memory/integration-system.ts";
import { limits } from "../../domain/limits.ts";

const firing = { action: "trigger", message: "down", severity: "high", dedupKey: "a" } as const;

async function twoContexts() {
  const system = integrationSystem();
  const [one, other] = [await system.integrate("generic"), await system.integrate("generic")];
  return {
    system,
    id: one.integration.id,
    context: system.context(one.integration),
    other: system.context(other.integration),
  };
}

describe("an integration's context", () => {
  test("accepts events in order and returns their IDs", async () => {
    const { system, context } = await twoContexts();
    const ids = await context.take([firing, { ...firing, action: "resolve" }]);
    expect((await system.alerts()).map(({ id, action }) => [id, action])).toEqual([
      [ids[0], "trigger"],
      [ids[1], "resolve"],
    ]);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test("takes once what comes again by the name that its sender gave it, also after a try that failed", async () => {
    const { system, context, other } = await twoContexts();
    const named = { ...firing, eventId: "1" };
    system.sqs.refuse(() => true);
    await expect(context.take([named])).rejects.toThrow("not available");
    system.sqs.refuse(() => false);
    const [id] = await context.take([named]);
    await system.alerts();
    system.advance(minutes(60));
    expect(await context.take([named, named])).toEqual([id, id]);
    const [another] = await context.take([{ ...firing, eventId: "2" }]);
    const [others] = await other.take([named]);
    expect((await system.alerts()).map((alert) => alert.id)).toEqual([id, another, others]);
  });

  test("fails when not all could be stored, so that they are sent again", async () => {
    const { system, context } = await twoContexts();
    system.sqs.refuse(({ MessageBody }) => MessageBody?.includes("second") ?? false);
    await expect(context.take([firing, { ...firing, message: "second" }])).rejects.toThrow("not available");
  });

  test("leaves out labels that would make an alert too heavy to be stored", async () => {
    const { system, context } = await twoContexts();
    const labels = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`${index}${"€".repeat(120)}`, "€".repeat(2_048)]),
    );
    await context.take([{ ...firing, labels }]);
    const [alert] = await system.alerts();
    const bytes = Buffer.byteLength(JSON.stringify(alert));
    expect(bytes).toBeLessThan(limits.alertBytes);
    expect(bytes).toBeGreaterThan(limits.alertBytes / 2);
  });

  test("says which alert it is by its labels where there is no message", async () => {
    const { system, context } = await twoContexts();
    const labels = {
      job: "node",
      shard: 7,
      empty: "",
      "annotations.a": "b",
      dashboard_url: "https://x.example",
    };
    await context.take([{ ...firing, message: " ", labels }]);
    await context.take([{ ...firing, message: "", dedupKey: "b" }]);
    expect(await system.alerts()).toMatchObject([
      { message: "job=node, shard=7" },
      { message: "(no message)" },
    ]);
  });

  test("keeps a number that JSON can't hold as a text", async () => {
    const { system, context } = await twoContexts();
    await context.take([{ ...firing, labels: { huge: Number.POSITIVE_INFINITY } }]);
    expect(await system.alerts()).toMatchObject([{ labels: { huge: "Infinity" } }]);
  });

  test("cuts what is too long, and stores a long dedup key by its hash", async () => {
    const { system, id, context } = await twoContexts();
    const labels = {
      "": "x",
      none: null,
      nested: { a: 1 },
      long: "x".repeat(10_000),
      ["🚨".repeat(200)]: true,
    };
    await context.take([{ ...firing, message: "🚨".repeat(3_000), dedupKey: "k".repeat(600), labels }]);
    const [alert] = await system.alerts();
    expect(alert?.message).toHaveLength(limits.messageLength);
    expect(alert?.message.isWellFormed()).toBe(true);
    expect(alert?.dedupKey).toMatch(new RegExp(`^${id}:sha256:[0-9a-f]{64}$`));
    expect(alert?.labels).toMatchObject({ nested: '{"a":1}', ["🚨".repeat(64)]: true });
    expect(Object.keys(alert?.labels ?? {})).toHaveLength(3);
    expect(await context.findIncident("k".repeat(600))).toMatchObject({ status: "open" });
  });

  test("finds what its own integration sent, under the client's dedup keys, and nothing of others", async () => {
    const { system, context, other } = await twoContexts();
    const [id = ""] = await context.take([firing]);
    await system.pump();
    expect(await context.findAlert(id)).toMatchObject({ id, dedupKey: "a" });
    expect(await other.findAlert(id)).toBeUndefined();
    expect(await context.findIncident("a")).toMatchObject({ status: "open", dedupKey: "a" });
    expect(await other.findIncident("a")).toBeUndefined();
    expect(await context.firing()).toMatchObject([{ dedupKey: "a" }]);
    expect(await other.firing()).toEqual([]);
  });

  test("returns firing alerts, acknowledged or not, newest first", async () => {
    const { system, context } = await twoContexts();
    for (const dedupKey of ["a", "b", "c"]) {
      await context.take([{ ...firing, dedupKey }]);
      system.advance(1);
    }
    await context.take([
      { ...firing, action: "acknowledge" },
      { ...firing, dedupKey: "b", action: "resolve" },
    ]);
    await system.pump();
    expect((await context.firing()).map(({ dedupKey, status }) => [dedupKey, status])).toEqual([
      ["c", "open"],
      ["a", "acknowledged"],
    ]);
  });

  test("changes the incident of a dedup key behind what was said of it before, and no other", async () => {
    const { system, context, other } = await twoContexts();
    await context.take([firing]);
    const assignedTo = "ada@example.com";
    await context.followUp("a", { actor: "Zabbix", note: "restarted", severity: "critical", assignedTo });
    await other.followUp("a", { actor: null, note: "another one's" });
    await context.followUp("b", { actor: null, note: "no such incident" });
    const [incident] = await system.incidents();
    expect(incident).toMatchObject({
      severity: "critical",
      assignedTo: { email: assignedTo },
      alertCount: 1,
    });
    const { notes } = await system.seen.incidentEvents.history(incident?.id ?? "");
    expect(notes).toMatchObject([{ author: "Zabbix", content: "restarted" }]);
    expect(system.lines).toContainEqual(
      expect.objectContaining({ level: "warn", message: "follow-up without an incident dropped" }),
    );
  });

  test("lists the incidents that it opened by status, newest first, and no others", async () => {
    const { system, context, other } = await twoContexts();
    await other.take([firing]);
    for (const dedupKey of ["a", "b", "c"]) {
      await context.take([{ ...firing, dedupKey }]);
      system.advance(1);
    }
    await context.take([{ ...firing, dedupKey: "b", action: "resolve" }]);
    await system.pump();
    const keys = async (...statuses: ("open" | "resolved")[]) =>
      (await context.incidents({ statuses, matches: () => true, most: 10 })).incidents.map(
        ({ dedupKey }) => dedupKey,
      );
    expect(await keys("open")).toEqual(["c", "a"]);
    expect(await keys("resolved")).toEqual(["b"]);
    expect(await keys("open", "resolved")).toEqual(["c", "b", "a"]);
  });

  test("caches for the given time, separately for each integration", async () => {
    const { system, context, other } = await twoContexts();
    await context.remember("request 1", "alias", 60);
    expect(await context.recall("request 1")).toBe("alias");
    expect(await other.recall("request 1")).toBeUndefined();
    system.advance(minutes(1));
    expect(await context.recall("request 1")).toBeUndefined();
  });

  test("keeps changes bounded", async () => {
    const { system, context } = await twoContexts();
    const link = { href: "https://example.com", text: "x".repeat(300) };
    await context.noteChange({
      summary: "x".repeat(5_000),
      source: "y".repeat(500),
      links: [{ href: "x".repeat(3_000), text: null }, ...Array.from({ length: 20 }, () => link)],
      details: { large: "x".repeat(10_000) },
    });
    const [change] = await system.changes.between("checkout", system.now(), system.now() + 1);
    expect(change?.summary).toHaveLength(limits.changeSummaryLength);
    expect(change?.links).toHaveLength(limits.changeLinks - 1);
    expect(change?.details).toEqual({ omitted: "10012 bytes" });
  });
});
