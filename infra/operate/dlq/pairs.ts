import { queueInputs, type Resources } from "../../stack/cloudformation.ts";

/** A queue and its dead-letter queue, with full names and a short name. */
export interface Pair {
  readonly name: string;
  readonly queue: string;
  readonly deadLetterQueue: string;
}

/** Reads the pairs from infra/stack/queues.yml. @param prefix of all queue names */
export function pairsOf(resources: Resources, prefix: string): Pair[] {
  const names = new Map(queueInputs(resources).map(({ logicalId, name }) => [logicalId, name]));
  return [...names].flatMap(([logicalId, queue]) => {
    const policy = resources[logicalId]?.Properties?.RedrivePolicy as
      | { deadLetterTargetArn: { "Fn::GetAtt": [string] } }
      | undefined;
    const deadLetterQueue = names.get(policy?.deadLetterTargetArn["Fn::GetAtt"][0] ?? "");
    return deadLetterQueue ? [{ name: plain(queue, prefix), queue, deadLetterQueue }] : [];
  });
}

/**
 * Finds a pair by any of its names: `alerts`, `alerts.fifo`, `alerts-dlq`, or the full name of either queue.
 */
export function findPair(pairs: readonly Pair[], name: string): Pair | undefined {
  return pairs.find((pair) =>
    [pair.name, plain(pair.queue), plain(pair.deadLetterQueue), `${pair.name}-dlq`].includes(plain(name)),
  );
}

function plain(queue: string, prefix = ""): string {
  return queue.slice(queue.startsWith(prefix) ? prefix.length : 0).replace(/\.fifo$/, "");
}
