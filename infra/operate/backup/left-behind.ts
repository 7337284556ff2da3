import type { Pair } from "../dlq/pairs.ts";
import type { SqsQueues } from "../dlq/sqs.ts";

/** Queues whose messages are recreated after an import, or are no loss. */
const madeAgain: ReadonlySet<string> = new Set(["notifications", "incident-timers", "telemetry"]);

/** Returns messages that exist only in queues: recently received alerts, events, dead letters. */
export async function leftBehind(sqs: SqsQueues, pairs: readonly Pair[]): Promise<string[]> {
  const counted = await Promise.all(
    pairs.map(async ({ name, queue, deadLetterQueue }) => {
      const dead = name === "telemetry" ? 0 : await countIn(sqs, deadLetterQueue);
      const waiting = madeAgain.has(name) ? 0 : await countIn(sqs, queue);
      return [
        ...(waiting > 0 ? [`${waiting} in ${name}`] : []),
        ...(dead > 0 ? [`${dead} with the dead letters of ${name}`] : []),
      ];
    }),
  );
  return counted.flat();
}

async function countIn(sqs: SqsQueues, queue: string): Promise<number> {
  const { waiting, inFlight, delayed } = await sqs.depth(queue);
  return waiting + inFlight + delayed;
}
