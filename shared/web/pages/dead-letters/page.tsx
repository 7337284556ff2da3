import type { DeadLetter } from "../../../domain/dead-letter.ts";
import type { PipelineQueue } from "../../../domain/pipeline-queue.ts";
import { page } from "../../site/page.ts";
import { queueAt, queueParams } from "./queue-param.ts";
import { DeadLettersView } from "./view.tsx";

interface UseCases {
  readonly readDeadLetters: (queue: PipelineQueue, most: number) => Promise<readonly DeadLetter[]>;
}

/** SQS returns at most ten messages per request. */
const shown = 10;

export const deadLettersPage = page(
  { scope: "admin", params: queueParams },
  async ({ params, ...viewing }, { readDeadLetters }: UseCases) => {
    const queue = queueAt(params.queue);
    return {
      title: "Dead letters",
      content: (
        <DeadLettersView {...viewing} queue={queue} deadLetters={await readDeadLetters(queue, shown)} />
      ),
    };
  },
);
