import { type Lookup, resolveIntrinsics } from "../../infra/stack/cloudformation.ts";

/** An SQS queue that a function consumes. */
export interface EventSource {
  readonly functionKey: string;
  readonly queueUrl: string;
  readonly arn: string;
  readonly batchSize: number;
  /** Maximum concurrent batches of this queue. */
  readonly maximumConcurrency: number;
  readonly reportsFailures: boolean;
}

interface SqsEvent {
  readonly arn: unknown;
  readonly enabled?: boolean;
  readonly batchSize?: number;
  readonly maximumConcurrency?: number;
  readonly functionResponseType?: string;
}

export interface WithEvents {
  readonly events?: readonly { readonly sqs?: SqsEvent }[];
}

/** Returns the enabled `sqs` events of all functions with a local queue. */
export function eventSources(functions: Readonly<Record<string, WithEvents>>, lookup: Lookup): EventSource[] {
  return Object.entries(functions).flatMap(([functionKey, { events = [] }]) =>
    events.flatMap(({ sqs }) => {
      if (!sqs || sqs.enabled === false) return [];
      const arn = resolveIntrinsics(sqs.arn, lookup);
      const queueUrl = lookup.ref(logicalIdOf(sqs.arn));
      if (typeof arn !== "string" || !queueUrl) return [];
      return {
        functionKey,
        queueUrl,
        arn,
        batchSize: Math.min(sqs.batchSize ?? 10, 10),
        maximumConcurrency: sqs.maximumConcurrency ?? 5,
        reportsFailures: sqs.functionResponseType === "ReportBatchItemFailures",
      };
    }),
  );
}

function logicalIdOf(arn: unknown): string {
  const argument = (arn as { "Fn::GetAtt"?: unknown } | null)?.["Fn::GetAtt"];
  return String(Array.isArray(argument) ? argument[0] : argument).split(".")[0] ?? "";
}
