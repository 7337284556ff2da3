import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface FunctionDefinition {
  readonly name: string;
  /** `dist/functions/<service>/<file>.handler` */
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

/**
 * Runs a bundled function in this process, as serverless-offline does for HTTP (`useInProcess`), without the
 * HTTP hop of its Lambda endpoint. Rejects if the function throws or takes longer than its timeout.
 */
export function inProcess(
  root: string,
  definition: FunctionDefinition,
): (event: unknown) => Promise<unknown> {
  const dot = definition.handler.lastIndexOf(".");
  const url = pathToFileURL(join(root, `${definition.handler.slice(0, dot)}.mjs`)).href;
  const exported = definition.handler.slice(dot + 1);
  const timeoutMs = definition.timeout * 1_000;

  return async (event) => {
    const handler = (await import(url))[exported] as Handler;
    const deadline = Date.now() + timeoutMs;
    const context = {
      functionName: definition.name,
      awsRequestId: crypto.randomUUID(),
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    };
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new Error(`${definition.name} timed out after ${timeoutMs} ms`)),
      timeoutMs,
    );
    try {
      return await Promise.race([handler(event, context), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
