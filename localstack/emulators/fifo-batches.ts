/**
 * Fills a receive with several messages of a FIFO group, as SQS does. fauxqs returns one message per group, so
 * consumers would never get a batch.
 */
import type { SqsQueue } from "./fauxqs-classes.ts";

export function fillBatches({ prototype }: { readonly prototype: SqsQueue }): void {
  const { dequeue, processTimers } = prototype;

  prototype.dequeue = function (maxCount, ...options) {
    if (!this.isFifo()) return dequeue.call(this, maxCount, ...options);
    const received: ReturnType<typeof dequeue> = [];
    const countByGroup = new Map<string, number>();
    const [visibilitySeconds] = options;
    // Without a visibility timeout, a message is visible again at once, which the next step would take again.
    const most = visibilitySeconds === 0 ? 1 : maxCount;
    while (received.length < most) {
      const [message] = dequeue.call(this, 1, ...options);
      if (!message) break;
      received.push(message);
      const group = this.inflightMessages.get(message.ReceiptHandle)?.message.messageGroupId ?? "";
      countByGroup.set(group, (countByGroup.get(group) ?? 0) + 1);
      this.fifoLockedGroups.delete(group); // The lock is this receive's own.
    }
    for (const [group, count] of countByGroup) this.fifoLockedGroups.set(group, count);
    return received;
  };

  // fauxqs puts each message whose visibility timeout ended in front of the last one.
  prototype.processTimers = function () {
    const now = Date.now();
    const expired = [...this.inflightMessages.values()].filter((entry) => entry.visibilityDeadline <= now);
    processTimers.call(this);
    for (const group of new Set(expired.map(({ message }) => message.messageGroupId ?? "")))
      this.fifoMessages.get(group)?.sort(bySequence);
  };
}

function bySequence(a: { sequenceNumber?: string }, b: { sequenceNumber?: string }): number {
  return (a.sequenceNumber ?? "").localeCompare(b.sequenceNumber ?? "");
}
