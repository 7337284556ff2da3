import type { Pair } from "../dlq/pairs.ts";
import type { SqsQueues } from "../dlq/sqs.ts";

/** What is on its way again by itself after an import, or is no loss. */
const madeAgain: ReadonlySet<string> = new Set(["notifications", "incident-timers", "telemetry"]);

/** What waits in queues and in no table: alerts that came in a moment ago, events on their way, dead letters. */
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
