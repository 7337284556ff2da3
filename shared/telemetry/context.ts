/** Context of the current work: included in every log line and sent along with every message. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { ActorContext } from "../domain/access/audit.ts";
import { timeBudget } from "../domain/time-budget.ts";
import { traceparentOf } from "./trace.ts";

/** The actor of a request; what is absent is null. */
export type RequestActor = Pick<ActorContext, "actor" | "method" | "path"> &
  Partial<Pick<ActorContext, "actorKind" | "subject" | "right">>;

export interface Context {
  /** W3C Trace Context, shared by everything that results from a request. */
  readonly traceparent: string;
  /** Additional fields for log lines. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Actor of the request and its means of access. */
  readonly actor?: RequestActor;
  /** Address that the request came from. */
  readonly ipAddress?: string | undefined;
  /** Aborted when the time for the request is over. */
  readonly signal?: AbortSignal;
}

const current = new AsyncLocalStorage<Context>();

export function currentContext(): Context | undefined {
  return current.getStore();
}

export function withContext<T>(context: Context, run: () => T): T {
  return current.run(context, run);
}

/** Runs work later and without a request, such as leftovers of several requests. It does not keep the process alive. */
export function runLater(delayMs: number, run: () => void): void {
  current.exit(() => void setTimeout(run, delayMs).unref());
}

/** Runs work in a context, and aborts its calls to AWS when the time of a request is over. */
export async function withTimeLimit<T>(context: Context, run: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  // AbortSignal.timeout can't be ended with the work. Under load, thousands of timers would be pending.
  const timer = setTimeout(
    () => over.abort(new DOMException("The time of the request is over", "TimeoutError")),
    timeBudget.callsMs,
  ).unref();
  try {
    return await withContext({ ...context, signal: over.signal }, run);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Runs work shared by several requests, in a trace of its own and with the time limit of one request. The end
 * of the first request does not abort it for the others.
 */
export function detached<T>(run: () => Promise<T>): Promise<T> {
  return withTimeLimit({ traceparent: traceparentOf({}), fields: {} }, run);
}

/** Runs part of the current work with a separate abort signal for its calls to AWS. */
export function withSignal<T>(signal: AbortSignal, run: () => T): T {
  const context = currentContext();
  return context ? withContext({ ...context, signal }, run) : run();
}

/** Sets the authenticated actor for the rest of a request. */
export function withActor<T>(actor: RequestActor, run: () => T): T {
  const context = currentContext();
  return context ? withContext({ ...context, actor }, run) : run();
}
