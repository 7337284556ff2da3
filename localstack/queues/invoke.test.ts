import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { inProcess } from "./invoke.ts";

const root = mkdtempSync(join(tmpdir(), "invoke-"));
writeFileSync(
  join(root, "job.queue.mjs"),
  `export const echo = async (event, context) => ({ event, name: context.functionName });
   export const fail = async () => { throw new Error("no luck"); };
   export const slow = async (_, context) => {
     await new Promise((resolve) => setTimeout(resolve, 50));
     return context.getRemainingTimeInMillis();
   };
   export const hang = () => new Promise(() => {});`,
);
const invoke = (exported: string, timeout = 1, limitMs?: number) =>
  inProcess(root, { name: "job", handler: `job.queue.${exported}`, timeout }, limitMs)({ n: 1 });

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

test("a function gets the event and a context, and its answer comes back", async () => {
  expect(await invoke("echo")).toEqual({ event: { n: 1 }, name: "job" });
  expect(console.error).not.toHaveBeenCalled();
});

test("an error of a function is logged as one structured line and thrown again", async () => {
  await expect(invoke("fail")).rejects.toThrow("no luck");
  expect(console.error).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(
      /^\{"level":"error","message":"job failed","error":\{"name":"Error","message":"no luck"/,
    ),
  );
});

test("one that exceeds its timeout on AWS succeeds, with a warning in the log", async () => {
  expect(await invoke("slow", 0.02)).toBeGreaterThan(200_000);
  expect(console.error).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(/^\{"level":"info","message":"job took [\d.]+ s; its timeout on AWS is 0.02 s"\}$/),
  );
});

test("one that never ends is given up in the end", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const hanging = expect(invoke("hang", 1, 20_000)).rejects.toThrow("job did not end within 20000 ms");
  await vi.advanceTimersByTimeAsync(26_000);
  await hanging;
});
