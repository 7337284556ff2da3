import type { DeadLetter } from "../../../domain/pipeline/dead-letter.ts";
import type { PipelineQueue } from "../../../domain/pipeline/pipeline-queue.ts";
import { downloadOf } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import { deadLetterColumns } from "./columns.ts";
import { queueAt, queueParams } from "./queue-param.ts";
import { DeadLettersView } from "./view.tsx";

interface UseCases {
  readonly readDeadLetters: (queue: PipelineQueue, most: number) => Promise<readonly DeadLetter[]>;
}

/** SQS returns at most ten messages per request. */
const shown = 10;

export const deadLettersPage = page(
  { right: "administer", params: queueParams },
  async ({ params, ...viewing }, { readDeadLetters }: UseCases) => {
    const queue = queueAt(params.queue);
    const deadLetters = await readDeadLetters(queue, shown);
    return {
      title: "Dead letters",
      isEmpty: deadLetters.length === 0,
      content: <DeadLettersView {...viewing} queue={queue} deadLetters={deadLetters} />,
    };
  },
  {
    "dead-letters": async ({ params }, { readDeadLetters }) => {
      const items = await readDeadLetters(queueAt(params.queue), shown);
      return downloadOf(deadLetterColumns, { items, isComplete: items.length < shown });
    },
  },
);
