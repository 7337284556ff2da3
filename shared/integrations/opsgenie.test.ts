import { describe, expect, test } from "vitest";
import { doorWorld } from "../../tests/support/door-world.ts";

async function integrated() {
  const world = doorWorld();
  const { key } = await world.integrate("opsgenie");
  const headers = { authorization: `GenieKey ${key}` };
  const ask = (method: string, path: string, body?: object) => {
    const [pathname = "", query = ""] = path.split("?");
    return world.ask({ method, path: `/v2/alerts${pathname}`, query, headers, ...(body && { body }) });
  };
  const post = (path: string, body: object = {}) => ask("POST", path, body);
  /** What became of a request, asked at once. */
  const outcomeOf = async (reply: Awaited<ReturnType<typeof ask>>) => {
    const { requestId } = reply.json<{ requestId: string }>();
    const status = await ask("GET", `/requests/${requestId}`);
    return status.json<{ data: Record<string, unknown> }>().data;
  };
  const create = async (fields: object = {}) => {
    const reply = await post("", { message: "It is slow", alias: "shop/p99", ...fields });
    await world.pump();
    return reply;
  };
  const notes = async () => {
    const [incident] = await world.incidents();
    const history = await world.seen.incidents.history(incident?.id ?? "");
    return history.notes.map(({ author, content }) => ({ author, content }));
  };
  return { world, key, ask, post, create, outcomeOf, notes };
}
const byAlias = (action: string) => `/${encodeURIComponent("shop/p99")}/${action}?identifierType=alias`;

describe("Opsgenie's alert API", () => {
  test("creates an alert, and can be asked after it at once", async () => {
    const { world, create, outcomeOf } = await integrated();
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
    expect(await world.alerts()).toMatchObject([
      { message: "It is slow", severity: "critical", source: "zabbix", labels: { tags: "a, b", free: "3" } },
    ]);
  });

  test("has one open alert an alias", async () => {
    const { world, create, post } = await integrated();
    await create();
    await create();
    expect(await world.incidents()).toMatchObject([{ status: "open", alertCount: 2 }]);
    await post(`${byAlias("close").replace("close", "close/")}`, { user: "ada", note: "rolled back" });
    await create();
    expect(await world.incidents()).toMatchObject([
      { status: "resolved", resolvedBy: "ada" },
      { status: "open" },
    ]);
  });

  test("knows an alert by its id, whether its alias was given or made", async () => {
    const { world, create, post, ask, outcomeOf } = await integrated();
    const { alertId, alias } = await outcomeOf(await create({ alias: undefined }));
    expect(alias).toMatch(/^\w{26}$/);
    await post(`/${alertId}/acknowledge`, { user: "ada" });
    expect(await world.incidents()).toMatchObject([{ status: "acknowledged", acknowledgedBy: "ada" }]);
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

  test("snoozes by acknowledging, and writes down until when", async () => {
    const { world, create, post, notes } = await integrated();
    await create();
    const reply = await post(byAlias("snooze"), { user: "ada", endTime: "2026-11-23T12:00:00+01:00" });
    expect(reply.status).toBe(202);
    expect(await world.incidents()).toMatchObject([{ status: "acknowledged", acknowledgedBy: "ada" }]);
    expect(await notes()).toEqual([{ author: "ada", content: "Snoozed until 2026-11-23T11:00:00.000Z." }]);
    expect((await post(byAlias("snooze"), { endTime: "later" })).json().errors).toHaveProperty("endTime");
  });

  test("writes down what can't be undone or changed", async () => {
    const { world, create, post, ask, notes } = await integrated();
    await create();
    await post(byAlias("acknowledge"));
    expect((await post(byAlias("unacknowledge"), { user: "ada", note: "sorry" })).status).toBe(202);
    expect((await ask("PUT", byAlias("message"), { message: "Slower" })).status).toBe(202);
    await ask("PUT", byAlias("description"), { description: "Since noon" });
    expect((await notes()).map(({ content }) => content)).toEqual([
      "Unacknowledged in Opsgenie's API: nobody is paged again for it. sorry",
      "The message is now: Slower",
      "The description is now: Since noon",
    ]);
    expect(await world.incidents()).toMatchObject([{ status: "acknowledged" }]);
  });

  test("takes what is for an alert that isn't there, and says so when it is asked", async () => {
    const { world, post, ask, outcomeOf } = await integrated();
    const reply = await post(byAlias("notes"), { note: "hm" });
    expect(reply.status).toBe(202);
    expect(await outcomeOf(reply)).toMatchObject({ success: false, status: "Alert does not exist" });
    expect((await post(byAlias("close"))).status).toBe(202);
    expect(await world.alerts()).toMatchObject([{ outcome: "dropped" }]);
    expect((await ask("GET", "/bm9uZQ")).status).toBe(404);
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

  test("tells errors as Opsgenie does", async () => {
    const { world, post, ask } = await integrated();
    const empty = await post("", { message: " " });
    expect([empty.status, empty.json()]).toEqual([
      422,
      {
        message: "can not be empty",
        errors: { message: "can not be empty" },
        took: 0,
        requestId: expect.any(String),
      },
    ]);
    expect((await post("/not!an!id/close")).status).toBe(404);
    expect((await ask("DELETE", "/x")).status).toBe(405);
    const nobody = await world.ask({ method: "POST", path: "/v2/alerts", body: { message: "x" } });
    expect([nobody.status, Object.keys(nobody.json())]).toEqual([401, ["message", "took", "requestId"]]);
  });
});
