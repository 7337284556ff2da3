import { expect, onTestFinished, test, vi } from "vitest";
import { timeBudget } from "../domain/time-budget.ts";
import { currentContext, withContext } from "../telemetry/context.ts";
import { gather } from "./gather.ts";

/** Sends one batch at a time, each when the test releases it; fails with its time, as an SDK call does. */
function steppedSends() {
  const started: { readonly items: readonly string[]; readonly answer: () => void }[] = [];
  const send = gather(async (items: readonly string[]) => {
    const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
    const signal = currentContext()?.signal;
    const abort = () => reject(new DOMException("The call was cut short", "AbortError"));
    if (signal?.aborted) abort();
    signal?.addEventListener("abort", abort);
    started.push({ items, answer: () => resolve(items) });
    return promise;
  });
  const begun = (count: number) => vi.waitUntil(() => started.length === count, 10_000);
  return { send, started, begun };
}

/** A request that ends when the test ends it. */
function aRequest() {
  const time = new AbortController();
  const context = { traceparent: "", fields: {}, signal: time.signal };
  return { within: <T>(run: () => T) => withContext(context, run), end: () => time.abort() };
}

test("requests that overlap for longer than one of them may last are all served", async () => {
  const { send, started, begun } = steppedSends();
  const requests = Array.from({ length: 6 }, aRequest);
  const sent: Promise<readonly string[]>[] = [];
  for (const [index, request] of requests.entries()) {
    sent.push(request.within(() => send([`${index}`])));
    await begun(Math.max(1, index));
    // The one before is answered, its time is over, and the next batch begins.
    if (index > 0) {
      started[index - 1]?.answer();
      await sent[index - 1];
      requests[index - 1]?.end();
    }
  }
  await begun(6);
  started[5]?.answer();
  expect(await Promise.all(sent)).toEqual([["0"], ["1"], ["2"], ["3"], ["4"], ["5"]]);
});

test("a request whose time is over leaves the batch that it shares", async () => {
  const { send, started, begun } = steppedSends();
  const [first, second, third] = [aRequest(), aRequest(), aRequest()];
  const sent = [
    first.within(() => send(["a"])),
    second.within(() => send(["b"])),
    third.within(() => send(["c"])),
  ];
  first.end();
  started[0]?.answer();
  await begun(2);
  expect(started[1]?.items).toEqual(["b", "c"]);
  second.end();
  started[1]?.answer();
  expect(await Promise.all(sent)).toEqual([["a"], ["b"], ["c"]]);
});

test("a batch that hangs ends with its own time, and the next one has its own", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { send, started } = steppedSends();
  const [hanging, next] = [send(["a"]), send(["b"])];
  const cutShort = expect(hanging).rejects.toThrow("cut short");
  await vi.advanceTimersByTimeAsync(timeBudget.callsMs - 1);
  expect(started).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  await cutShort;
  expect(started).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(timeBudget.callsMs - 1);
  started[1]?.answer();
  expect(await next).toEqual(["b"]);
});
