import { describe, expect, test } from "vitest";
import { anOutgoingMessage } from "../../tests/support/outgoing-message.ts";
import { failureOf } from "../../tests/support/suites/channel-suite.ts";
import { PermanentFailure, TemporaryFailure } from "../domain/notifications/delivery.ts";
import { Unreachable } from "../outbound/unreachable.ts";
import { bulkhead } from "./bulkhead.ts";

interface Send {
  readonly address: string;
  succeed(): void;
  fail(error: Error): void;
}

function setUp(limit = 2) {
  let timeouts: (() => void)[] = [];
  const sends: Send[] = [];
  const channel = bulkhead(
    {
      deliver: ({ notification: { address } }) =>
        new Promise((resolve, reject) => {
          sends.push({ address, succeed: () => resolve({ detail: "ok" }), fail: reject });
        }),
    },
    {
      limit,
      waitMs: 2_000,
      after(delayMs, run) {
        expect(delayMs).toBe(2_000);
        timeouts.push(run);
        return () => {
          timeouts = timeouts.filter((other) => other !== run);
        };
      },
    },
  );
  return {
    sends,
    deliver(address = "#payments") {
      const delivery = channel.deliver(anOutgoingMessage({ address }));
      delivery.catch(() => undefined);
      return delivery;
    },
    /** Whatever waits has waited long enough. */
    runOut() {
      for (const run of timeouts.splice(0)) run();
    },
    get waiting() {
      return timeouts.length;
    },
  };
}

/** Lets what was decided take effect. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A destination that has just not responded. */
async function suspect(limit = 2) {
  const system = setUp(limit);
  const delivery = system.deliver();
  await settled();
  system.sends[0]?.fail(new Unreachable("no response"));
  await failureOf(delivery);
  return system;
}

describe("a channel behind its bulkhead", () => {
  test("has so many sends under way; the next waits for its turn, first come first served", async () => {
    const { deliver, sends } = setUp();
    const deliveries = [deliver(), deliver(), deliver(), deliver()];
    await settled();
    expect(sends).toHaveLength(2);
    sends[1]?.succeed();
    expect(await deliveries[1]).toEqual({ detail: "ok" });
    await settled();
    expect(sends).toHaveLength(3);
    sends[2]?.succeed();
    expect(await deliveries[2]).toEqual({ detail: "ok" });
  });

  test("gives back what has waited for long enough, and takes the next when there is room", async () => {
    const system = setUp(1);
    const [first, second] = [system.deliver(), system.deliver()];
    await settled();
    system.runOut();
    const failure = await failureOf(second);
    expect(failure).toBeInstanceOf(TemporaryFailure);
    system.sends[0]?.succeed();
    await first;
    system.deliver();
    await settled();
    expect(system.sends).toHaveLength(2);
    expect(system.waiting).toBe(0);
  });

  test("lets a full destination hold up no other", async () => {
    const { deliver, sends } = setUp(1);
    for (const host of ["a.example", "b.example"]) {
      deliver(`https://${host}/x`);
      deliver(`https://${host}/y`);
    }
    await settled();
    expect(sends.map(({ address }) => address)).toEqual(["https://a.example/x", "https://b.example/x"]);
  });

  test("tries an unresponsive destination with one message at a time, and fails all others immediately", async () => {
    const { deliver, sends } = await suspect();
    const probe = deliver();
    expect(await failureOf(deliver())).toMatchObject({ message: expect.stringMatching(/^not tried/) });
    expect(sends).toHaveLength(2);
    sends[1]?.fail(new Unreachable("no response"));
    expect(await failureOf(probe)).toBeInstanceOf(Unreachable);
    deliver();
    expect(await failureOf(deliver())).toMatchObject({ message: expect.stringMatching(/^not tried/) });
    expect(sends).toHaveLength(3);
  });

  test("fails waiting messages when the destination does not respond", async () => {
    const system = setUp(1);
    const [first, second, third] = [system.deliver(), system.deliver(), system.deliver()];
    await settled();
    system.sends[0]?.fail(new Unreachable("no response"));
    for (const waiting of [second, third])
      expect(await failureOf(waiting)).toMatchObject({ message: expect.stringMatching(/^not tried/) });
    expect(await failureOf(first)).toBeInstanceOf(Unreachable);
    expect(system.waiting).toBe(0);
  });

  test.each([
    { name: "a success", end: (send?: Send) => send?.succeed() },
    { name: "a refusal for now", end: (send?: Send) => send?.fail(new TemporaryFailure("503", 1)) },
    { name: "a refusal for good", end: (send?: Send) => send?.fail(new PermanentFailure("404")) },
  ])("takes $name as an answer: all go on", async ({ end }) => {
    const { deliver, sends } = await suspect();
    const probe = deliver();
    await settled();
    end(sends[1]);
    await probe.catch(() => undefined);
    deliver();
    deliver();
    await settled();
    expect(sends).toHaveLength(4);
  });
});
