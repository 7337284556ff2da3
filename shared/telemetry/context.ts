/** What the work at hand belongs to: it stands in every log line, and goes along with every message. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Acting } from "../domain/access/audit.ts";
import { timeBudget } from "../domain/time-budget.ts";
import { traceparentOf } from "./trace.ts";

export interface Context {
  /** W3C Trace Context; one for all that follows from a request. */
  readonly traceparent: string;
  /** For the logs. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Who asked for it, and by what. */
  readonly acting?: Omit<Acting, "requestId">;
  /** Aborted when the time of the request is over. */
  readonly signal?: AbortSignal;
}

const current = new AsyncLocalStorage<Context>();

export function currentContext(): Context | undefined {
  return current.getStore();
}

export function withContext<T>(context: Context, run: () => T): T {
  return current.run(context, run);
}

/** Runs what belongs to nothing in particular: what many requests have left to do. */
export function withoutContext<T>(run: () => T): T {
  return current.exit(run);
}

/**
 * Runs what several requests share, whichever of them began it: in a trace of its own, and with the time that the calls
 * of one request have. So the end of the first request does not fail the others.
 */
export function detached<T>(run: () => T): T {
  const signal = AbortSignal.timeout(timeBudget.callsMs);
  return withContext({ traceparent: traceparentOf({}), fields: {}, signal }, run);
}

/** Runs part of the work at hand: its calls to AWS are aborted by a signal of their own. */
export function withSignal<T>(signal: AbortSignal, run: () => T): T {
  const context = currentContext();
  return context ? withContext({ ...context, signal }, run) : run();
}

/** Within a request: from here on somebody is known to have asked for it. */
export function actingAs<T>(acting: NonNullable<Context["acting"]>, run: () => T): T {
  const context = currentContext();
  return context ? withContext({ ...context, acting }, run) : run();
}
