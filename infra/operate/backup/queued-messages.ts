import type { Pair } from "../dlq/pairs.ts";
import type { SqsQueues } from "../dlq/sqs.ts";

/** Queues whose messages an import recreates, or that are not needed. */
const recreated: ReadonlySet<string> = new Set(["notifications", "incident-timers", "telemetry"]);

/** Counts messages that are only in queues: recent alerts, pending events, dead letters. */
export async function queuedMessages(sqs: SqsQueues, pairs: readonly Pair[]): Promise<string[]> {
  const counted = await Promise.all(
    pairs.map(async ({ name, queue, deadLetterQueue }) => {
      const dead = name === "telemetry" ? 0 : await countIn(sqs, deadLetterQueue);
      const waiting = recreated.has(name) ? 0 : await countIn(sqs, queue);
      return [
        ...(waiting > 0 ? [`${waiting} in ${name}`] : []),
        ...(dead > 0 ? [`${dead} dead letters of ${name}`] : []),
      ];
    }),
  );
  return counted.flat();
}

async function countIn(sqs: SqsQueues, queue: string): Promise<number> {
  const { waiting, inFlight, delayed } = await sqs.depth(queue);
  return waiting + inFlight + delayed;
}
