import { expect, test } from "vitest";
import { currentContext, withContext } from "../telemetry/context.ts";
import { cached } from "./cached.ts";

test("a cached value is returned until it expires, with the time it was loaded", async () => {
  let loads = 0;
  const read = cached(100, async () => ++loads);
  expect(await read(1_000)).toEqual({ value: 1, at: 1_000 });
  expect(await read(1_099)).toEqual({ value: 1, at: 1_000 });
  expect(await read(1_100)).toEqual({ value: 2, at: 1_100 });
});

test("two concurrent reads share a load; a clock that was set back starts again", async () => {
  let loads = 0;
  const read = cached(100, async () => ++loads);
  await Promise.all([read(1_000), read(1_001)]);
  expect(loads).toBe(1);
  expect(await read(500)).toEqual({ value: 2, at: 500 });
});

test("a failure is not cached", async () => {
  let failures = 1;
  const read = cached(100, async () => {
    if (failures-- > 0) throw new Error("throttled");
    return "there";
  });
  await expect(read(1_000)).rejects.toThrow("throttled");
  expect(await read(1_001)).toEqual({ value: "there", at: 1_001 });
});

test("a load outlives the request that started it", async () => {
  const read = cached(100, async () => currentContext()?.signal?.aborted);
  const first = withContext({ traceparent: "", fields: {}, signal: AbortSignal.abort() }, () => read(1_000));
  expect(await first).toEqual({ value: false, at: 1_000 });
});
