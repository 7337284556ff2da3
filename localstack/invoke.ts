import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface FunctionDefinition {
  readonly name: string;
  /** `dist/functions/<service>/<file>.handler` */
  readonly handler: string;
  /** Seconds that it has on AWS. Here a busy machine takes longer, which is no failure. */
  readonly timeout: number;
}

type Handler = (event: unknown, context: object) => Promise<unknown>;

/** Milliseconds that a run may take here. */
const LIMIT_MS = 300_000;
/** A run is told that its time is over before it is given up. */
const GRACE_MS = 5_000;

/**
 * Runs a bundled function in this process, as serverless-offline does for HTTP (`useInProcess`), without the
 * HTTP hop of its Lambda endpoint (4,000 messages took 1.9 s of this process's CPU instead of 3.2 s).
 * Logs and rejects if the function throws or never ends.
 */
export function inProcess(
  root: string,
  definition: FunctionDefinition,
  limitMs = LIMIT_MS,
): (event: unknown) => Promise<unknown> {
  const dot = definition.handler.lastIndexOf(".");
  const url = pathToFileURL(join(root, `${definition.handler.slice(0, dot)}.mjs`)).href;
  const exported = definition.handler.slice(dot + 1);
  const { name, timeout } = definition;

  return async (event) => {
    const startedAt = performance.now();
    const elapsedMs = () => performance.now() - startedAt;
    const context = {
      functionName: name,
      awsRequestId: crypto.randomUUID(),
      getRemainingTimeInMillis: () => Math.max(0, limitMs - elapsedMs()),
    };
    const { promise: never, reject } = Promise.withResolvers<never>();
    never.catch(() => {});
    const timer = setTimeout(
      () => reject(new Error(`${name} did not end within ${limitMs} ms`)),
      limitMs + GRACE_MS,
    );
    try {
      const handler = (await import(url))[exported] as Handler;
      return await Promise.race([handler(event, context), never]);
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      const { message, stack } = error;
      writeLog("error", `${name} failed`, { error: { name: error.name, message, stack } });
      throw cause;
    } finally {
      clearTimeout(timer);
      if (elapsedMs() > timeout * 1_000) {
        const seconds = Math.round(elapsedMs() / 100) / 10;
        writeLog("info", `${name} took ${seconds} s; on AWS it has ${timeout} s`, {});
      }
    }
  };
}

function writeLog(level: "info" | "error", message: string, fields: object): void {
  console.error(JSON.stringify({ level, message, ...fields }));
}
