import type { SqsQueue } from "./fauxqs-classes.ts";

/**
 * Fills a receive with several messages of a FIFO group, as SQS does. fauxqs returns one message per group, so
 * consumers would never get a batch.
 */
export function fillBatches({ prototype }: { readonly prototype: SqsQueue }): void {
  const { dequeue } = prototype;

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
}

/** Returns messages to their place in a queue. fauxqs puts each one in front of the others. */
export function returnInOrder({ prototype }: { readonly prototype: SqsQueue }): void {
  const { changeVisibility, processTimers } = prototype;

  prototype.processTimers = function () {
    if (!this.isFifo()) return processTimers.call(this);
    const before = [...this.inflightMessages];
    processTimers.call(this);
    const returned = before.filter(([handle]) => !this.inflightMessages.has(handle));
    for (const group of new Set(returned.map(([, { message }]) => message.messageGroupId ?? "")))
      this.fifoMessages.get(group)?.sort(bySequence);
  };

  // fauxqs loses a message with a timeout of zero: its own schema refuses the change.
  prototype.changeVisibility = function (handle, seconds) {
    if (seconds > 0) return changeVisibility.call(this, handle, seconds);
    const entry = this.inflightMessages.get(handle);
    if (!entry) return;
    entry.visibilityDeadline = 0;
    this.processTimers();
  };
}

function bySequence(a: { sequenceNumber?: string }, b: { sequenceNumber?: string }): number {
  return (a.sequenceNumber ?? "").localeCompare(b.sequenceNumber ?? "");
}
