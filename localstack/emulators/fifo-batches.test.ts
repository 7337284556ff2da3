import { beforeEach, expect, test, vi } from "vitest";
import { SqsQueue } from "./fauxqs-classes.ts";
import { fillBatches, returnInOrder } from "./fifo-batches.ts";

class Queue extends SqsQueue {}
fillBatches(Queue);
returnInOrder(Queue);

let queue: Queue;
let now = Date.parse("2026-11-30T12:00:00Z");
beforeEach(() => {
  // A millisecond passes between any two readings of the clock.
  vi.spyOn(Date, "now").mockImplementation(() => {
    now += 1;
    return now;
  });
  queue = new Queue("alerts.fifo", "", "", { FifoQueue: "true" });
  send(["1", "2", "3", "4"]);
});

function send(bodies: readonly string[]): void {
  for (const body of bodies) {
    queue.enqueue({
      ...{ messageId: body, body, md5OfBody: "", messageAttributes: {}, md5OfMessageAttributes: "" },
      ...{ sentTimestamp: now, approximateReceiveCount: 0 },
      ...{ messageGroupId: "group", sequenceNumber: queue.nextSequenceNumber() },
    });
  }
}

const bodiesOf = (messages: ReturnType<typeof queue.dequeue>) => messages.map(({ Body }) => Body);

test("messages whose visibility timeout ends one by one are received again in their order", () => {
  expect(bodiesOf(queue.dequeue(10, 1))).toEqual(["1", "2", "3", "4"]);
  send(["5"]);
  let again: string[] = [];
  while (again.length === 0) again = bodiesOf(queue.dequeue(10, 1));
  expect(again).toEqual(["1", "2", "3", "4", "5"]);
});

test("messages that are given back one by one are received again in their order", () => {
  const received = queue.dequeue(10, 60);
  send(["5"]);
  for (const { ReceiptHandle } of received) {
    expect(queue.dequeue(10)).toEqual([]);
    queue.changeVisibility(ReceiptHandle, 0);
  }
  expect(bodiesOf(queue.dequeue(10))).toEqual(["1", "2", "3", "4", "5"]);
});
