import { expect, test } from "vitest";
import { minutes, monday } from "../../tests/support/builders.ts";
import type { PipelineQueue } from "../domain/pipeline/pipeline-queue.ts";
import { backlogReader } from "./read-backlog.ts";

test("tells how long messages have been waiting without a break, and leaves out silent queues", async () => {
  let [waiting, inFlight] = [3, 1];
  const read = backlogReader(() => ({
    depth: async (queue: PipelineQueue) => {
      if (queue === "incident timers") throw new Error("no response");
      return { waiting: queue === "alerts" ? waiting : 0, inFlight };
    },
    deadLetters: async (queue: PipelineQueue) => (queue === "notifications" ? 2 : 0),
  }));
  expect(await read(monday)).toEqual([
    { queue: "alerts", waiting: 3, inFlight: 1, stopped: false, since: monday, deadLetters: 0 },
    { queue: "incident events", waiting: 0, inFlight: 1, stopped: false, since: null, deadLetters: 0 },
    { queue: "notifications", waiting: 0, inFlight: 1, stopped: false, since: null, deadLetters: 2 },
  ]);
  waiting = 9;
  expect((await read(monday + minutes(3)))[0]).toMatchObject({ waiting: 9, since: monday });
  waiting = 0;
  expect((await read(monday + minutes(4)))[0]).toMatchObject({ waiting: 0, since: null });
  waiting = 1;
  expect((await read(monday + minutes(5)))[0]).toMatchObject({ since: monday + minutes(5) });
  inFlight = 0;
  expect((await read(monday + minutes(6)))[0]).toMatchObject({ stopped: false });
  expect((await read(monday + minutes(7)))[0]).toMatchObject({ stopped: true });
  inFlight = 1;
  expect((await read(monday + minutes(8)))[0]).toMatchObject({ stopped: false });
});
