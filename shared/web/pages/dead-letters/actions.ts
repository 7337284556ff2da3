import * as z from "zod";
import type { PipelineQueue } from "../../../domain/pipeline/pipeline-queue.ts";
import { count } from "../../../domain/text/count.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import { queueAt, queueParams } from "./queue-param.ts";

interface UseCases {
  /** Returns the number of dead letters that were sent back. */
  readonly redriveQueue: (queue: PipelineQueue, actor: string) => Promise<number>;
}

export const redriveDeadLettersAction = action(
  { right: "administer", params: queueParams, form: z.object({}) },
  async ({ params, actor }, { redriveQueue }: UseCases) => {
    const queue = queueAt(params.queue);
    const redriven = await redriveQueue(queue, actor);
    const flash =
      redriven === 0
        ? trouble("No dead letter was available. Try again in a minute.")
        : done(`Sent ${count(redriven, "dead letter")} back to the queue of ${queue}.`);
    return { to: pageHref("system"), flash };
  },
);
