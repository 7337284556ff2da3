import { describe, expect, test } from "vitest";
import { currentContext, withContext } from "../telemetry/context.ts";
import { ttlCache } from "./ttl-cache.ts";

function lookUps(find: (name: string) => Promise<string | undefined> = async (name) => `of ${name}`) {
  const asked: string[] = [];
  let now = 0;
  const look = ttlCache(
    10_000,
    () => now,
    (name) => {
      asked.push(name);
      return find(name);
    },
  );
  const wait = (ms: number) => {
    now += ms;
  };
  return { asked, look, wait };
}

describe("what was looked up", () => {
  test("is not looked up again while it is cached, found or not", async () => {
    const { asked, look, wait } = lookUps(async (name) => (name === "a" ? "found" : undefined));
    for (const name of ["a", "b", "a", "b"]) await look(name);
    wait(9_999);
    expect([await look("a"), await look("b")]).toEqual(["found", undefined]);
    expect(asked).toEqual(["a", "b"]);
    wait(1);
    await look("a");
    expect(asked).toEqual(["a", "b", "a"]);
  });

  test("is looked up again for those who need it newer than it is", async () => {
    const { asked, look, wait } = lookUps();
    wait(5);
    await look("a", 4);
    await look("a", 4);
    expect(asked).toHaveLength(1);
    await look("a", 5);
    expect(asked).toHaveLength(2);
    wait(1);
    await look("a", 5);
    await look("a", 5);
    expect(asked).toHaveLength(3);
  });

  test("is looked up once by all who ask at the same time", async () => {
    const { asked, look } = lookUps();
    await Promise.all([look("a"), look("a"), look("a")]);
    expect(asked).toEqual(["a"]);
  });

  test("is looked up in a time of its own: the first of those who ask may end before", async () => {
    const ofFirst = AbortSignal.abort();
    const { look } = lookUps(async () => (currentContext()?.signal?.aborted ? undefined : "found"));
    const first = withContext({ traceparent: "", fields: {}, signal: ofFirst }, () => look("a"));
    expect(await Promise.all([first, look("a")])).toEqual(["found", "found"]);
  });

  test("is looked up again after it failed, and when the clock was put back", async () => {
    let fails = true;
    const { asked, look, wait } = lookUps(async (name) => {
      if (fails) throw new Error("away");
      return name;
    });
    await expect(look("a")).rejects.toThrow("away");
    fails = false;
    expect(await look("a")).toBe("a");
    wait(-1);
    await look("a");
    expect(asked).toHaveLength(3);
  });

  test("is evicted, the oldest first, when many names are made up", async () => {
    const { asked, look } = lookUps();
    await look("real");
    for (let made = 0; made < 1_000; made += 1) await look(`made up ${made}`);
    await look("real");
    expect(asked.filter((name) => name === "real")).toHaveLength(2);
  });
});
