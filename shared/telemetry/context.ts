/** What the work at hand belongs to: it stands in every log line, and goes along with every message. */
import { AsyncLocalStorage } from "node:async_hooks";

export interface Context {
  /** W3C Trace Context; one for all that follows from a request. */
  readonly traceparent: string;
  /** For the logs. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const current = new AsyncLocalStorage<Context>();

export function currentContext(): Context | undefined {
  return current.getStore();
}

export function withContext<T>(context: Context, run: () => T): T {
  return current.run(context, run);
}
