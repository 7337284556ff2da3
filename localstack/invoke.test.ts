import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inProcess } from "./invoke.ts";

const root = mkdtempSync(join(tmpdir(), "invoke-"));
writeFileSync(
  join(root, "job.queue.mjs"),
  `export const echo = async (event, context) => ({ event, name: context.functionName });
   export const fail = async () => { throw new Error("no luck"); };
   export const hang = () => new Promise(() => {});`,
);
const invoke = (exported: string, timeout = 1) =>
  inProcess(root, { name: "job", handler: `job.queue.${exported}`, timeout })({ n: 1 });

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

test("a function gets the event and a context, and its answer comes back", async () => {
  expect(await invoke("echo")).toEqual({ event: { n: 1 }, name: "job" });
  expect(console.error).not.toHaveBeenCalled();
});

test("what it throws is logged as one structured line and thrown on", async () => {
  await expect(invoke("fail")).rejects.toThrow("no luck");
  expect(console.error).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(
      /^\{"level":"error","message":"job failed","error":\{"name":"Error","message":"no luck"/,
    ),
  );
});

test("one that hangs is given up at its timeout", async () => {
  await expect(invoke("hang", 0.02)).rejects.toThrow("job timed out after 20 ms");
});
