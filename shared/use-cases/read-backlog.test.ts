import { expect, test } from "vitest";
import { minutes, monday } from "../../tests/support/builders.ts";
import { backlogReader, type PipelineQueue } from "./read-backlog.ts";

test("tells how long messages have been waiting without a break, and leaves out silent queues", async () => {
  let waiting = 3;
  const read = backlogReader(() => ({
    waiting: async (queue: PipelineQueue) => {
      if (queue === "incident timers") throw new Error("no response");
      return queue === "alerts" ? waiting : 0;
    },
    deadLetters: async (queue: PipelineQueue) => (queue === "notifications" ? 2 : 0),
  }));
  expect(await read(monday)).toEqual([
    { queue: "alerts", waiting: 3, since: monday, deadLetters: 0 },
    { queue: "incident events", waiting: 0, since: null, deadLetters: 0 },
    { queue: "notifications", waiting: 0, since: null, deadLetters: 2 },
  ]);
  waiting = 9;
  expect((await read(monday + minutes(3)))[0]).toMatchObject({ waiting: 9, since: monday });
  waiting = 0;
  expect((await read(monday + minutes(4)))[0]).toMatchObject({ waiting: 0, since: null });
  waiting = 1;
  expect((await read(monday + minutes(5)))[0]).toMatchObject({ since: monday + minutes(5) });
});
