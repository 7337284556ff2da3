import { describe, expect, test } from "vitest";
import { days, monday } from "../../tests/support/builders.ts";
import { memoryTable } from "../../tests/support/memory/memory-table.ts";
import { Invalid } from "../domain/errors.ts";
import { idempotencyStore } from "../storage/idempotency-store.ts";
import type { RepeatableRequest } from "../use-cases/ports/idempotency.ts";
import { KeyReused } from "./errors.ts";
import { handleOnce } from "./idempotency.ts";

function aClient() {
  let now = monday;
  const store = idempotencyStore(memoryTable(() => now));
  const handled: string[][] = [];
  const request = { owner: "alice", key: "k", body: "{}" };
  let seeds = 0;
  const send = (fields: Partial<typeof request> & { dies?: boolean; keptSeconds?: number } = {}) => {
    const { dies, ...rest } = fields;
    seeds += 1;
    return handleOnce(store, { ...request, ...rest, now, seed: `seed ${seeds}` }, async (at, ulid) => {
      const ids = [ulid(at), ulid(at)];
      handled.push(ids);
      if (dies) throw new Error("died");
      return { status: 201, body: JSON.stringify(ids), location: "/there" };
    });
  };
  return { send, handled, wait: (ms: number) => (now += ms) };
}

describe("a request with a key", () => {
  test("is handled once; its repetition gets the same reply", async () => {
    const { send, handled } = aClient();
    const reply = await send();
    expect(await send()).toEqual(reply);
    expect(reply).toMatchObject({ status: 201, location: "/there" });
    expect(handled).toHaveLength(1);
  });

  test("with another body is refused", async () => {
    const { send } = aClient();
    await send();
    await expect(send({ body: '{"a":1}' })).rejects.toThrow(KeyReused);
  });

  test("that died half-way is handled again with the same time and the same ids", async () => {
    const { send, handled, wait } = aClient();
    await expect(send({ dies: true })).rejects.toThrow("died");
    wait(5_000);
    await send();
    expect(handled).toHaveLength(2);
    expect(handled[1]).toEqual(handled[0]);
    expect(new Set(handled[0]).size).toBe(2);
  });

  test("of another caller, or another key, is another request with other ids", async () => {
    const { send, handled } = aClient();
    await send();
    await send({ owner: "bob" });
    await send({ key: "other" });
    expect(new Set(handled.flat()).size).toBe(6);
  });

  test("is another request a day later", async () => {
    const { send, handled, wait } = aClient();
    await send();
    wait(days(1));
    await send({ body: "{ }" });
    expect(handled).toHaveLength(2);
  });

  test("is recognized for a time of its own, also after it died", async () => {
    const { send, handled, wait } = aClient();
    const keptSeconds = days(365) / 1_000;
    await expect(send({ keptSeconds, dies: true })).rejects.toThrow("died");
    await send({ keptSeconds });
    wait(days(365) - 1_000);
    await send({ keptSeconds });
    expect(handled).toHaveLength(2);
    wait(1_000);
    await send({ keptSeconds });
    expect(handled).toHaveLength(3);
  });

  test("that comes twice at once is handled with the same ids", async () => {
    const { send, handled } = aClient();
    const [one, other] = await Promise.all([send(), send()]);
    expect(one).toEqual(other);
    expect(new Set(handled.map(String)).size).toBe(1);
  });

  test("whose response had a secret returns the ID of the created item, which is all that was stored", async () => {
    const store = idempotencyStore(memoryTable(() => monday));
    const finished: string[] = [];
    const watched = {
      ...store,
      finish: (id: string, request: RepeatableRequest) => {
        finished.push(JSON.stringify(request));
        return store.finish(id, request);
      },
    };
    const send = () =>
      handleOnce(
        watched,
        { owner: "alice", key: "k", body: "{}", now: monday, seed: "s", secretOnce: true },
        async () => ({ status: 201, body: '{"id":"key_1","key":"hush"}', location: null }),
      );
    expect((await send()).body).toContain("hush");
    await expect(send()).rejects.toThrow(expect.objectContaining({ code: "already_created", id: "key_1" }));
    expect(finished).toEqual([expect.stringContaining("key_1")]);
    expect(finished.join()).not.toContain("hush");
  });

  test("may be of 255 characters, not of more", async () => {
    const { send } = aClient();
    await expect(send({ key: "k".repeat(256) })).rejects.toThrow(Invalid);
    expect(await send({ key: "k".repeat(255) })).toMatchObject({ status: 201 });
  });
});
