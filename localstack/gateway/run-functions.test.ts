import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { runFunctions } from "./run-functions.ts";

const root = mkdtempSync(join(tmpdir(), "run-functions-"));
const write = (name: string, code: string) => writeFileSync(join(root, `${name}.mjs`), code);
write(
  "job",
  `let runs = 0;
   export const echo = async (event, context) => ({ event, name: context.functionName, runs: ++runs });
   export const left = async (_, context) => context.getRemainingTimeInMillis();
   export const hang = () => new Promise(() => {});`,
);

interface Run {
  setEvent(event: unknown): void;
  runHandler(): Promise<unknown>;
}
let pool: { get(key: string, definition: object): Run };

beforeAll(async () => {
  await runFunctions({
    custom: { "serverless-offline": { location: root } },
    provider: { region: "eu-central-1", timeout: 10 },
  });
  const file = new URL("./lambda/LambdaFunctionPool.js", import.meta.resolve("serverless-offline"));
  const { default: FunctionPool } = await import(file.href);
  pool = new FunctionPool({}, {});
});

function run(handler: string, event: unknown = {}, timeout?: number): Promise<unknown> {
  const lambda = pool.get("job", { name: "a-job", handler, ...(timeout !== undefined && { timeout }) });
  lambda.setEvent(event);
  return lambda.runHandler();
}

test("runs of a function share its module, and each has its own event", async () => {
  expect(await Promise.all([run("job.echo", { n: 1 }), run("job.echo", { n: 2 })])).toEqual([
    { event: { n: 1 }, name: "a-job", runs: 1 },
    { event: { n: 2 }, name: "a-job", runs: 2 },
  ]);
});

test("the remaining time is that of the function, or else the default", async () => {
  expect(await run("job.left", {}, 50)).toBeGreaterThan(40_000);
  expect(await run("job.left")).toBeLessThanOrEqual(10_000);
});

test("a function that can't be loaded is tried again with the next request", async () => {
  await expect(run("late.handler")).rejects.toThrow("late.mjs");
  write("late", "export const handler = async () => 'here';");
  expect(await run("late.handler")).toBe("here");
});

test("a run that does not end fails after its timeout", async () => {
  await expect(run("job.hang", {}, 0.02)).rejects.toThrow("job did not end within 20 ms");
});

test("a run that ended leaves no timer", async () => {
  await run("job.echo");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  await run("job.echo");
  expect(vi.getTimerCount()).toBe(0);
});
