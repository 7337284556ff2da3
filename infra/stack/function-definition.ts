/** A function as the framework defines it: the parts that the stack is computed from. */

export interface SqsEvent {
  readonly arn: unknown;
  readonly batchSize?: number;
  readonly maximumConcurrency?: number;
  readonly functionResponseType?: string;
}

export interface FunctionEvent {
  readonly httpApi?: "*" | { readonly method: string; readonly path: string };
  readonly sqs?: SqsEvent;
  readonly schedule?: unknown;
}

export interface FunctionDefinition {
  /** `dist/functions/<area>/<file>.handler` */
  readonly handler: string;
  readonly timeout?: number;
  readonly package?: { readonly patterns: readonly string[] };
  readonly events?: readonly FunctionEvent[];
}

export interface FoundFunction {
  readonly name: string;
  /** Folder in functions/. */
  readonly area: string;
  readonly definition: FunctionDefinition;
}
