import { describe, expect, test } from "vitest";
import { ada, anIncident, aSchedule, bob, minutes } from "../../tests/support/builders.ts";
import { adaThenBob } from "../../tests/support/memory/escalation.ts";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { describeClientLabels } from "../../tests/support/suites/client-labels-suite.ts";
import { describeEvent } from "../domain/incidents/event-labels.ts";
import { createHeartbeat } from "../use-cases/alerts/heartbeats/create-heartbeat.ts";
import { updateHeartbeat } from "../use-cases/alerts/heartbeats/update-heartbeat.ts";

function at(target: string) {
  const [path = "", query = ""] = target.split("?");
  return { path, query };
}

async function integrated() {
  const system = integrationSystem();
  const { key } = await system.integrate("opsgenie");
  const headers = { authorization: `GenieKey ${key}` };
  const ask = (method: string, path: string, body?: object) => {
    return system.ask({ method, ...at(`/v2/alerts${path}`), headers, ...(body && { body }) });
  };
  const post = (path: string, body: object = {}) => ask("POST", path, body);
  /** Returns the result of a request, asked at once. */
  const outcomeOf = async (reply: Awaited<ReturnType<typeof ask>>) => {
    const { requestId } = reply.json<{ requestId: string }>();
    const status = await ask("GET", `/requests/${requestId}`);
    return status.json<{ data: Record<string, unknown> }>().data;
  };
  const create = async (fields: object = {}) => {
    const reply = await post("", { message: "It is slow", alias: "shop/p99", ...fields });
    await system.pump();
    return reply;
  };
  const notes = async () => {
    const [incident] = await system.incidents();
    const history = await system.seen.incidentEvents.history(incident?.id ?? "");
    return history.notes.map(({ author, content }) => ({ author, content }));
  };
  return { system, key, ask, post, create, outcomeOf, notes };
}
const byAlias = (action: string) => `/${encodeURIComponent("shop/p99")}/${action}?identifierType=alias`;

/** State of the system: the service is `checkout`. */
const message = "It is slow";

describe("Opsgenie's alert API", () => {
  test("creates an alert, and returns its request status immediately", async () => {
    const { system, create, outcomeOf } = await integrated();
    const details = { free: "3" };
    const reply = await create({ priority: "P1", tags: ["a", "b"], details, source: "zabbix" });
    expect([reply.status, reply.json()]).toEqual([
      202,
      { result: "Request will be processed", took: expect.any(Number), requestId: expect.any(String) },
    ]);
    expect(await outcomeOf(reply)).toMatchObject({
      success: true,
      status: "Created alert",
      alias: "shop/p99",
      alertId: expect.any(String),
    });
    expect(await system.alerts()).toMatchObject([
      { message: "It is slow", severity: "critical", source: "zabbix", labels: { tags: "a, b", free: "3" } },
    ]);
  });

  test("has one open alert an alias", async () => {
    const { system, create, post } = await integrated();
    await create();
    await create();
    expect(await system.incidents()).toMatchObject([{ status: "open", alertCount: 2 }]);
    await post(`${byAlias("close").replace("close", "close/")}`, { user: "ada", note: "rolled back" });
    await create();
    expect(await system.incidents()).toMatchObject([
      { status: "resolved", resolvedBy: "ada" },
      { status: "open" },
    ]);
  });

  test("knows an alert by its id, whether its alias was given or made", async () => {
    const { system, create, post, ask, outcomeOf } = await integrated();
    const { alertId, alias } = await outcomeOf(await create({ alias: undefined }));
    expect(alias).toMatch(/^\w{26}$/);
    await post(`/${alertId}/acknowledge`, { user: "ada" });
    expect(await system.incidents()).toMatchObject([{ status: "acknowledged", acknowledgedBy: "ada" }]);
    for (const type of ["", "?identifierType=id", "?identifierType=tiny"]) {
      const found = await ask("GET", `/${alertId}${type}`);
      expect(found.json().data).toMatchObject({
        id: alertId,
        alias,
        message: "It is slow",
        status: "open",
        acknowledged: true,
      });
    }
  });

  test("makes the note of a create one of the incident, and no label", async () => {
    const { system, create, notes } = await integrated();
    await create({ note: "hello", user: "ada", details: { note: "of its own" } });
    expect(await notes()).toEqual([{ author: "ada", content: "hello" }]);
    expect((await system.alerts()).map(({ labels }) => labels)).toEqual([{ note: "of its own" }]);
  });

  test.each(["/v2/teams", "/v2/account", "/v2/schedules", "/v2/schedules/x/on-calls"])(
    "reports a missing %s in Opsgenie's format, whatever the key",
    async (path) => {
      const { system, key } = await integrated();
      for (const method of ["GET", "POST"]) {
        for (const headers of [{ authorization: `GenieKey ${key}` }, {}]) {
          const reply = await system.ask({ method, path, headers });
          expect([reply.status, Object.keys(reply.json())]).toEqual([404, ["message", "took", "requestId"]]);
        }
      }
    },
  );

  test("keeps notes, also those of what is closed", async () => {
    const { create, post, notes, outcomeOf } = await integrated();
    await create();
    expect(await outcomeOf(await post(byAlias("notes"), { user: "ada", note: "on it" }))).toMatchObject({
      success: true,
    });
    await post(byAlias("close"), { source: "zabbix", note: "gone" });
    expect(await notes()).toEqual([
      { author: "ada", content: "on it" },
      { author: "zabbix", content: "gone" },
    ]);
  });

  test("snoozes, and pages again at the end of the snooze", async () => {
    const { system, create, post, notes } = await integrated();
    await create();
    const reply = await post(byAlias("snooze"), {
      user: "ada",
      note: "later",
      endTime: "2026-11-23T12:00:00+01:00",
    });
    expect(reply.status).toBe(202);
    const snoozedUntil = Date.parse("2026-11-23T11:00:00Z");
    expect(await system.incidents()).toMatchObject([
      { status: "acknowledged", acknowledgedBy: "ada", snoozedUntil, alertCount: 1 },
    ]);
    expect(await notes()).toEqual([{ author: "ada", content: "later" }]);
    await system.settle({ within: snoozedUntil + minutes(1) - system.now() });
    expect(await system.incidents()).toMatchObject([{ status: "open", escalation: null }]);
    expect(system.pages.map(({ message }) => message.replace(/ #.*/, ""))).toEqual([
      expect.anything(),
      "Snooze ended:",
    ]);
  });

  test("rejects the end of a snooze that is no time or has passed, and snoozes for at most 7 days", async () => {
    const { system, create, post, notes } = await integrated();
    await create();
    for (const endTime of ["later", "2026-11-01T00:00:00Z"])
      expect((await post(byAlias("snooze"), { endTime })).json().errors).toHaveProperty("endTime");
    await post(byAlias("snooze"), { endTime: "2027-01-01T00:00:00Z" });
    const [incident] = await system.incidents();
    expect(incident?.snoozedUntil).toBe(system.now() + minutes(7 * 24 * 60));
    expect(await notes()).toMatchObject([
      { content: "Snoozed for 7 days, the longest time, instead of until 2027-01-01 00:00 UTC." },
    ]);
  });

  test("unacknowledges, and pages again", async () => {
    const { system, create, post } = await integrated();
    await create();
    await post(byAlias("acknowledge"));
    await post(byAlias("unacknowledge"), { user: "ada" });
    expect(await system.incidents()).toMatchObject([{ status: "open", statusSince: { by: "ada" } }]);
    expect(system.pages.at(-1)?.message).toMatch(/^Open again: #/);
    await post(byAlias("close"));
    expect((await post(byAlias("unacknowledge"))).status).toBe(202);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test("changes message, description and priority of the alert and its incident", async () => {
    const { system, create, ask, notes } = await integrated();
    await create({ tags: ["a"] });
    await ask("PUT", byAlias("message"), { message: "Slower", user: "ada" });
    await ask("PUT", byAlias("description"), { description: "Since noon", note: "see above" });
    await ask("PUT", byAlias("priority"), { priority: "P1" });
    expect(await system.incidents()).toMatchObject([
      { title: "[MEDIUM] checkout: Slower", description: "Since noon", severity: "critical" },
    ]);
    const alert = (await ask("GET", byAlias("").replace("/?", "?"))).json().data;
    expect(alert).toMatchObject({
      ...{ message: "Slower", description: "Since noon", priority: "P1", tags: ["a"], count: 1 },
    });
    expect(await notes()).toEqual([{ author: null, content: "see above" }]);
  });

  test("adds and removes tags and details, which are labels of the alert", async () => {
    const { system, create, ask, post, notes } = await integrated();
    await create({ tags: ["a", "b"], details: { region: "eu" }, description: "Since noon" });
    const shown = async () => {
      await system.pump();
      system.advance(1);
      return (await ask("GET", byAlias("").replace("/?", "?"))).json().data;
    };
    await post(byAlias("tags"), { tags: ["c", "a"], user: "ada" });
    await shown();
    await post(byAlias("details"), { details: { host: "db1", description: "of their own", n: 3 } });
    expect(await shown()).toMatchObject({
      tags: ["a", "b", "c"],
      description: "Since noon",
      details: { region: "eu", host: "db1", description: "of their own", n: "3" },
    });
    await ask("DELETE", `${byAlias("tags")}&tags=${encodeURIComponent("a, b,none")}&user=bob`);
    await shown();
    await ask("DELETE", `${byAlias("details")}&keys=region,description`);
    expect(await shown()).toMatchObject({
      ...{ tags: ["c"], description: "Since noon", details: { host: "db1", n: "3" } },
    });
    expect((await system.alerts())[0]?.labels).toEqual({
      ...{ description: "Since noon", tags: "c", host: "db1", n: 3 },
    });
    await ask("DELETE", `${byAlias("tags")}&tags=c`);
    expect(await shown()).toMatchObject({ tags: [] });
    const [incident] = await system.incidents();
    const { events } = await system.seen.incidentEvents.history(incident?.id ?? "");
    expect(
      events.flatMap((event) => (event.type === "labels_changed" ? [describeEvent(event)] : [])),
    ).toEqual([
      "Labels changed: tags = a, b, c by ada",
      "Labels changed: host = db1; details_description = of their own; n = 3",
      "Labels changed: tags = c by bob",
      "Labels changed: region removed; details_description removed",
      "Labels changed: tags removed",
    ]);
    expect(await notes()).toEqual([]);
  });

  test("has no more and no longer labels than an alert can have", async () => {
    const { system, create, post } = await integrated();
    await create();
    const tags = Array.from({ length: 100 }, (_, index) => `tag ${index}`.padEnd(50, "x"));
    const details = Object.fromEntries(tags.map((tag) => [tag, "v".repeat(3_000)]));
    expect((await post(byAlias("tags"), { tags })).status).toBe(202);
    expect((await post(byAlias("details"), { details })).status).toBe(202);
    const [alert] = await system.alerts();
    const { tags: stored, ...others } = alert?.labels ?? {};
    expect(String(stored).split(", ")).toEqual(tags.slice(0, 39));
    expect(Object.values(others)).toEqual(Array(63).fill("v".repeat(2_048)));
  });

  test("assigns a person of the team by name, anyone by email, and says who is unknown", async () => {
    const { system, create, post, notes } = await integrated();
    await system.seen.schedules.create(aSchedule({ team: "checkout" }, adaThenBob));
    await create();
    const assigned = async (owner: object) => {
      expect((await post(byAlias("assign"), { owner })).status).toBe(202);
      return (await system.incidents())[0]?.assignedTo;
    };
    expect(await assigned({ name: "Bob" })).toEqual(bob);
    expect(await assigned({ username: "ADA@example.com" })).toEqual(ada);
    const carol = { name: "carol@example.com", email: "carol@example.com" };
    expect(await assigned({ id: "carol@example.com" })).toEqual(carol);
    expect(await assigned({ id: "4513b7ea-3b91" })).toEqual(carol);
    expect(await notes()).toEqual([
      {
        author: null,
        content:
          "Not assigned to 4513b7ea-3b91: no one, or more than one person, on the schedule of checkout has this name.",
      },
    ]);
  });

  test("accepts requests for a missing alert, and reports it in their result", async () => {
    const { system, post, ask, outcomeOf } = await integrated();
    const reply = await post(byAlias("notes"), { note: "hm" });
    expect(reply.status).toBe(202);
    system.advance(10_000);
    expect(await outcomeOf(reply)).toMatchObject({ success: false, status: "Alert does not exist" });
    expect((await post(byAlias("close"))).status).toBe(202);
    expect(await system.alerts()).toMatchObject([{ outcome: "dropped" }]);
    expect((await ask("GET", "/bm9uZQ")).status).toBe(404);
  });

  test("takes a request for unprocessed as long as the alert may be on its way", async () => {
    const { system, post, ask, outcomeOf } = await integrated();
    await post("", { message: "It is slow", alias: "shop/p99" });
    const reply = await post(byAlias("notes"), { note: "hm" });
    const { requestId } = reply.json<{ requestId: string }>();
    system.advance(9_999);
    const early = await ask("GET", `/requests/${requestId}`);
    expect([early.status, early.json()]).toEqual([
      404,
      { message: "Request not found. It might not be processed, yet.", took: 0.001, requestId },
    ]);
    expect(system.errors).toEqual([]);
    await system.pump();
    expect(await outcomeOf(reply)).toMatchObject({ success: true, status: "Note added to alert" });
  });

  test("shows details under their own names, even those of an alert's fields", async () => {
    const { create, ask } = await integrated();
    await create({ tags: ["a"], details: { tags: "theirs", entity: "web" } });
    const { data } = (await ask("GET", "/shop%2Fp99?identifierType=alias")).json<{ data: object }>();
    expect(data).toMatchObject({ tags: ["a"], details: { tags: "theirs" }, entity: "web" });
  });

  test("knows only requests as it named them", async () => {
    const { create, ask, key } = await integrated();
    const { requestId } = (await create()).json<{ requestId: string }>();
    const [body = "", seal = ""] = requestId.split(".");
    for (const other of [body, `${body}.${seal.replace(/./, "x")}`, `x${requestId}`, `${body}.`, "x"]) {
      const reply = await ask("GET", `/requests/${other}`);
      expect([other, reply.status]).toEqual([other, 404]);
    }
    expect(requestId).not.toContain(key);
  });

  test("reports errors in Opsgenie's format", async () => {
    const { system, post, ask } = await integrated();
    const empty = await post("", { message: " " });
    expect([empty.status, empty.json()]).toEqual([
      422,
      {
        message: "message can not be empty",
        errors: { message: "can not be empty" },
        took: 0,
        requestId: expect.any(String),
      },
    ]);
    expect((await post("/x/attachments")).status).toBe(404);
    expect((await ask("PATCH", "/x")).status).toBe(405);
    const rejected = await system.ask({ method: "POST", path: "/v2/alerts", body: { message: "x" } });
    expect([rejected.status, Object.keys(rejected.json())]).toEqual([401, ["message", "took", "requestId"]]);
  });

  test("names each request in a header as in the body, also one that fails", async () => {
    const { create, ask, post } = await integrated();
    const replies = [await create(), await post(byAlias("close")), await ask("GET", ""), await post("", {})];
    for (const { headers, json } of replies)
      expect(headers["x-request-id"]).toBe(json<{ requestId: string }>().requestId);
    expect(replies[0]?.headers).toMatchObject({ "x-ratelimit-state": "OK", "x-response-time": "0.001" });
  });

  test("keeps what comes right behind the request that creates the alert, in its order", async () => {
    const { system, ask, post, notes } = await integrated();
    await post("", { message, alias: "shop/p99", priority: "P4" });
    await post(byAlias("notes"), { user: "ada", note: "on it" });
    await ask("PUT", byAlias("priority"), { priority: "p1", user: "ada" });
    await post(byAlias("snooze"), { user: "ada", endTime: "2026-11-23T12:00:00Z" });
    await post(byAlias("assign"), { owner: { username: "bob@example.com" } });
    await post(byAlias("close"), { user: "ada", note: "gone" });
    expect(await system.incidents()).toMatchObject([
      {
        status: "resolved",
        severity: "critical",
        acknowledgedBy: "ada",
        assignedTo: { email: "bob@example.com" },
        alertCount: 2,
      },
    ]);
    expect(await notes()).toEqual([
      { author: "ada", content: "on it" },
      { author: "ada", content: "gone" },
    ]);
  });

  test("treats a foreign ID like an unknown alias", async () => {
    const { system, ask, post, outcomeOf } = await integrated();
    const foreign = "70413a06-38d6-4c85-92b8-5ebc900d42e2-1485776552107";
    for (const id of [foreign, "not!an!id", "x".repeat(700)]) {
      const close = await post(`/${id}/close`, { user: "ada" });
      const note = await post(`/${id}/notes`, { note: "hm" });
      expect([close.status, note.status]).toEqual([202, 202]);
      system.advance(10_000);
      expect(await outcomeOf(note)).toMatchObject({ success: false, status: "Alert does not exist" });
      expect((await ask("GET", `/${id}`)).status).toBe(404);
    }
    expect(await system.incidents()).toEqual([]);
  });

  test("knows an alert by the id of the request that created it", async () => {
    const { system, create, post, ask } = await integrated();
    const { requestId } = (await create({ alias: undefined })).json<{ requestId: string }>();
    expect((await ask("GET", `/${requestId}?identifierType=id`)).json().data).toMatchObject({ message });
    await post(`/${requestId}/close?identifierType=id`, { user: "apprise" });
    expect(await system.incidents()).toMatchObject([{ status: "resolved", resolvedBy: "apprise" }]);
  });

  test("takes fields that are longer, of another type or of another case than documented", async () => {
    const { system, post, outcomeOf } = await integrated();
    const alias = "a".repeat(600);
    const created = await post("", {
      message: "m".repeat(400),
      alias,
      priority: "p1",
      tags: "a,b",
      details: { n: 5, none: null, o: { y: 1 } },
      responders: null,
      visibleTo: [],
      source: 7,
      user: {},
    });
    expect(created.status).toBe(202);
    expect(await system.alerts()).toMatchObject([
      { severity: "critical", source: "7", labels: { tags: "a,b", n: 5, o: '{"y":1}' } },
    ]);
    const { alertId } = await outcomeOf(created);
    await post(`/${alertId}/acknowledge`);
    expect(await system.incidents()).toMatchObject([{ status: "acknowledged", alertCount: 2 }]);
    await post(`/${alias}/close?identifierType=alias`);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
    const odd = { message: 5, alias: 12, priority: 1, tags: [1, {}, "c"], details: ["x"], description: [] };
    expect((await post("", odd)).status).toBe(202);
    expect((await system.alerts()).at(-1)).toMatchObject({
      message: "5",
      severity: "medium",
      labels: { tags: "1, c", details: '["x"]' },
    });
  });

  test.each<[string, string, object | undefined, string]>([
    ["POST", "tags", { tags: "a,b", user: "ada", note: "why" }, "why"],
    [
      "POST",
      "responders",
      { responder: { type: "team", name: "db" } },
      "db was added as a responder through",
    ],
    [
      "POST",
      "teams",
      { team: { name: "db" } },
      "The team db was added through Opsgenie's API. No one was paged",
    ],
    ["POST", "actions/restart%20it", {}, 'The custom action "restart it" was requested through'],
  ])("writes down a %s of %s as a note: %j", async (method, path, body, content) => {
    const { create, ask, notes, outcomeOf } = await integrated();
    await create();
    const reply = await ask(method, `${byAlias(path)}&tags=x,y&keys=k`, body);
    expect(reply.status).toBe(202);
    expect(await outcomeOf(reply)).toMatchObject({ success: true });
    expect((await notes())[0]?.content.slice(0, content.length)).toBe(content);
  });

  test.each([
    ["POST", "tags", {}, "tags"],
    ["POST", "tags", { tags: [] }, "tags"],
    ["POST", "details", { details: {} }, "details"],
    ["POST", "assign", { owner: {} }, "owner"],
    ["POST", "escalate", {}, "escalation"],
    ["POST", "notes", {}, "note"],
    ["PUT", "priority", { priority: "P9" }, "priority"],
    ["PUT", "priority", {}, "priority"],
    ["DELETE", "tags", undefined, "tags"],
  ])("refuses a %s of %s with %j", async (method, path, body, field) => {
    const { create, ask } = await integrated();
    await create();
    const reply = await ask(method, byAlias(path), body);
    expect([reply.status, reply.json().errors]).toEqual([422, { [field]: expect.any(String) }]);
  });

  test("escalates to the next level, and reports if no one is there", async () => {
    const { system, create, post, notes } = await integrated();
    await system.seen.schedules.create(aSchedule({ team: "checkout" }, adaThenBob));
    await create();
    await system.pump();
    const pagedBefore = system.pages.map(({ recipient }) => recipient);
    const reply = await post(byAlias("escalate"), { escalation: { name: "ops" }, user: "ada" });
    expect(reply.status).toBe(202);
    await system.pump();
    expect(system.pages.map(({ recipient }) => recipient)).toEqual([...pagedBefore, "bob@example.com"]);
    await post(byAlias("close"));
    await post(byAlias("escalate"), { escalation: { name: "ops" } });
    await system.pump();
    expect((await notes()).map(({ content }) => content)).toEqual([
      expect.stringMatching(/^Not escalated: /),
    ]);
  });

  test("deletes an alert by closing it", async () => {
    const { system, create, ask, outcomeOf } = await integrated();
    await create();
    const reply = await ask("DELETE", `/${encodeURIComponent("shop/p99")}?identifierType=alias&user=ada`);
    expect(await outcomeOf(reply)).toMatchObject({ success: true, status: "Deleted alert" });
    expect(await system.incidents()).toMatchObject([{ status: "resolved", resolvedBy: "ada" }]);
  });

  test("lists and counts alerts, those of a search, page by page", async () => {
    const { system, create, ask, post } = await integrated();
    for (const [alias, priority] of [
      ["a", "P1"],
      ["b", "P3"],
      ["c", "P5"],
    ] as const) {
      await create({ alias, priority, message: `${alias} fails` });
      system.advance(1_000);
    }
    await post("/a/close?identifierType=alias");
    await post("/b/acknowledge?identifierType=alias");
    await system.pump();
    const found = async (query: string) => {
      const reply = await ask("GET", `?${query}`);
      const { data } = reply.json<{ data: { alias: string }[] }>();
      return data.map(({ alias }) => alias);
    };
    const search = (query: string) => found(`query=${encodeURIComponent(query)}`);
    expect(await found("")).toEqual(["c", "b", "a"]);
    expect(await found("order=asc&limit=2")).toEqual(["a", "b"]);
    expect(await found("limit=1&offset=1")).toEqual(["b"]);
    expect(await search("status:open")).toEqual(["c", "b"]);
    expect(await search("status = closed")).toEqual(["a"]);
    expect(await search("status: open AND acknowledged: false")).toEqual(["c"]);
    expect(await search('priority:P3 alias:"b"')).toEqual(["b"]);
    expect(await search("priority: p5")).toEqual(["c"]);
    expect(await search('"c fails"')).toEqual(["c"]);
    expect(await search(`createdAt > ${system.now() - 2_500}`)).toEqual(["c", "b"]);
    const count = await ask("GET", "/count?query=status%3Aopen");
    expect(count.json().data).toEqual({ count: 2 });
    const [first] = (await ask("GET", "?limit=1")).json<{ data: object[] }>().data;
    expect(first).toMatchObject({ message: "c fails", status: "open", priority: "P4", count: 1 });
    const other = await system.integrate("opsgenie");
    const theirs = { authorization: `GenieKey ${other.key}` };
    const listed = await system.ask({ method: "GET", path: "/v2/alerts", headers: theirs });
    expect(listed.json().data).toEqual([]);
  });

  test("reports that a count and a list may miss alerts if the service has very many incidents", async () => {
    const { system, ask } = await integrated();
    for (let number = 1; number <= 1_001; number += 1) {
      const incident = anIncident({
        id: `inc_${system.deps.ulid(system.now())}`,
        number,
        status: "resolved",
      });
      await system.seen.incidents.create({ ...incident, service: "checkout" }, null);
    }
    const count = await ask("GET", "/count");
    expect(count.json().data).toEqual({ count: 0, isLowerBound: true });
    const list = await ask("GET", "");
    expect(list.json()).toMatchObject({ data: [], paging: { isIncomplete: true } });
    const unresolved = await ask("GET", "/count?query=status%3Aopen");
    expect(unresolved.json().data).toEqual({ count: 0 });
  });

  test("rate-limits a client with Opsgenie's response", async () => {
    const { ask } = await integrated();
    for (let request = 1; request <= 1_200; request += 1)
      expect((await ask("GET", "/count")).status).toBe(200);
    const { status, headers, json } = await ask("GET", "/count");
    expect([status, headers["retry-after"], headers["x-ratelimit-state"]]).toEqual([429, "1", "THROTTLED"]);
    expect(json()).toEqual({
      message: "The key exceeds 1200 requests per minute",
      took: 0,
      requestId: headers["x-request-id"],
    });
  });

  test.each([
    "status:open OR status:closed",
    "tag: x",
    "NOT status:open",
    "(status:open)",
    "createdAt > soon",
  ])("refuses a search that it does not understand: %s", async (query) => {
    const { ask } = await integrated();
    const reply = await ask("GET", `?query=${encodeURIComponent(query)}`);
    expect([reply.status, Object.keys(reply.json().errors as object)]).toEqual([422, ["query"]]);
  });

  test("shows the tags, details, notes and logs of an alert", async () => {
    const { create, ask, post } = await integrated();
    await create({ tags: ["a", "b"], details: { free: 3 }, description: "Since noon", entity: "db" });
    await post(byAlias("notes"), { user: "ada", note: "one" });
    await post(byAlias("notes"), { note: "two" });
    await create();
    expect((await ask("GET", byAlias("").replace("/?", "?"))).json().data).toMatchObject({
      tags: ["a", "b"],
      details: { free: "3" },
      description: "Since noon",
      entity: "db",
    });
    expect((await ask("GET", byAlias("notes"))).json().data).toMatchObject([
      { note: "two", owner: "" },
      { note: "one", owner: "ada" },
    ]);
    const logs = (await ask("GET", `${byAlias("logs")}&order=asc&limit=1`)).json().data;
    expect(logs).toMatchObject([{ log: "opened", type: "system" }]);
  });

  test("says that attachments, recipients and saved searches are not offered", async () => {
    const { ask, create } = await integrated();
    await create();
    expect((await ask("GET", byAlias("attachments"))).json().data).toEqual([]);
    for (const [method, path] of [
      ["POST", "/x/attachments"],
      ["GET", "/x/recipients"],
      ["GET", "/saved-searches/x"],
    ] as const) {
      const reply = await ask(method, path);
      expect([reply.status, Object.keys(reply.json())]).toEqual([404, ["message", "took", "requestId"]]);
    }
  });
});

describe("Opsgenie's heartbeat API", () => {
  /** Makes heartbeats of the integration's service, and tells when each had its last beat. */
  async function withHeartbeats(...names: string[]) {
    const { system, key } = await integrated();
    const all = await Promise.all(
      names.map((name) =>
        createHeartbeat(
          system.deps,
          {
            ...{ name, service: "checkout", team: null, severity: "high" },
            ...{ intervalSeconds: 60, graceSeconds: 0 },
          },
          system.now(),
        ),
      ),
    );
    const ids = all.map(({ heartbeat }) => heartbeat.id);
    const headers = { authorization: `GenieKey ${key}` };
    return {
      system,
      ids,
      async ping(name: string) {
        system.advance(1);
        const path = `/v2/heartbeats/${encodeURIComponent(name)}/ping`;
        expect((await system.ask({ method: "POST", path, headers })).status).toBe(202);
        return system.now();
      },
      lastPings: () =>
        Promise.all(ids.map(async (id) => (await system.seen.heartbeats.find(id))?.pulse.lastBeatAt)),
    };
  }

  test("distinguishes heartbeats whose long names start alike", async () => {
    const [one, other] = ["a", "b"].map((end) => "x".repeat(245) + end) as [string, string];
    const { ping, lastPings } = await withHeartbeats(one, other);
    const first = await ping(one);
    const second = await ping(other);
    expect(await lastPings()).toEqual([first, second]);
  });

  test("gives a ping to the heartbeat that has its name now", async () => {
    const { system, ids, ping, lastPings } = await withHeartbeats("backup", "spare");
    const first = await ping("backup");
    await updateHeartbeat(system.deps, ids[0] ?? "", { name: "backup of old" }, system.now());
    await updateHeartbeat(system.deps, ids[1] ?? "", { name: "Backup" }, system.now());
    const second = await ping("backup");
    expect(await lastPings()).toEqual([first, second]);
    const third = await ping("backup of old");
    expect(await lastPings()).toEqual([third, second]);
  });

  test("records pings of a heartbeat by name, and the reason if it is unknown", async () => {
    const { system, key } = await integrated();
    const headers = { authorization: `GenieKey ${key}` };
    const ask = (method: string, path: string) => system.ask({ method, path, headers });
    const draft = { name: "Nightly backup", service: "checkout", team: null, severity: "high" } as const;
    const limits = { intervalSeconds: 600, graceSeconds: 60 };
    const { heartbeat } = await createHeartbeat(system.deps, { ...draft, ...limits }, system.now());
    await createHeartbeat(
      system.deps,
      { ...draft, ...limits, name: "theirs", service: "other" },
      system.now(),
    );
    for (const method of ["GET", "POST", "PUT", "PATCH"]) {
      system.advance(1_000);
      const reply = await ask(method, "/v2/heartbeats/nightly%20backup/ping");
      expect([reply.status, reply.json()]).toEqual([
        202,
        { result: "PONG - Heartbeat received", took: 0.001, requestId: reply.headers["x-request-id"] },
      ]);
      const found = await system.seen.heartbeats.find(heartbeat.id);
      expect(found?.pulse.lastBeatAt).toBe(system.now());
    }
    expect(system.errors).toEqual([]);
    for (const name of ["theirs", "unknown"]) {
      expect((await ask("GET", `/v2/heartbeats/${name}/ping`)).status).toBe(202);
      expect((await ask("GET", `/v2/heartbeats/${name}`)).status).toBe(404);
    }
    expect(system.errors).toMatchObject([
      { status: null, message: expect.stringContaining('There is no heartbeat "theirs"') },
      { status: 404 },
      { status: null, message: expect.stringContaining("POST /api/v1/heartbeats") },
      { status: 404 },
    ]);
    const shown = { name: "Nightly backup", interval: 10, intervalUnit: "minutes", expired: false };
    expect((await ask("GET", "/v2/heartbeats")).json().data).toMatchObject({ heartbeats: [shown] });
    system.advance(700_000);
    expect((await ask("GET", "/v2/heartbeats/Nightly%20backup")).json().data).toMatchObject({
      expired: true,
    });
  });
});

describe("a tool's own Opsgenie integration", () => {
  test("of Netdata opens and resolves an incident by host, chart and name", async () => {
    const { system, key } = await integrated();
    const url = { path: "/v1/json/integrations/webhooks/netdata", query: `apiKey=${key}` };
    const alarm = {
      host: "web-1",
      unique_id: "u1",
      chart: "disk._",
      name: "disk_space_usage",
      priority: "P1",
    };
    const send = (state: object) => system.ask({ method: "POST", ...url, body: { ...alarm, ...state } });
    const reply = await send({
      status: "CRITICAL",
      info: "disk is 98% full",
      value: 98,
      value_string: "98%",
    });
    expect([reply.status, reply.json()]).toMatchObject([200, { result: "Request will be processed" }]);
    await send({ status: "CLEAR", unique_id: "u2", priority: "P5" });
    expect(await system.incidents()).toMatchObject([
      { status: "resolved", severity: "critical", source: "netdata", alertCount: 2 },
    ]);
    expect((await system.alerts())[0]).toMatchObject({
      message: "web-1 disk_space_usage: disk is 98% full",
      labels: { chart: "disk._", value: 98, value_string: "98%" },
    });
  });

  test("of any other tool is read as generic JSON, with the key in the query or in the body", async () => {
    const { system, key } = await integrated();
    const path = "/v1/json/tool";
    const body = { message: "Down", alias: "a", priority: "P2" };
    const inQuery = await system.ask({ method: "POST", path, query: `apiKey=${key}`, body });
    const inBody = await system.ask({ method: "POST", path, body: { ...body, apiKey: key } });
    expect([inQuery.status, inBody.status]).toEqual([200, 200]);
    expect(await system.incidents()).toMatchObject([{ severity: "high", alertCount: 2 }]);
    const rejected = await system.ask({ method: "POST", path, body });
    expect(rejected.status).toBe(401);
    const empty = await system.ask({ method: "POST", path, query: `apiKey=${key}`, body: {} });
    expect(empty.status).toBe(422);
  });
});

describeClientLabels("opsgenie", {
  "an alert": {
    path: "/v2/alerts",
    body: (details, own) => ({
      message: "Down",
      details,
      ...(own && { description: "Since noon", entity: "web", tags: ["a", "b"], note: "Look at it" }),
    }),
  },
});
