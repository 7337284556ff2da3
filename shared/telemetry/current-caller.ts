/** Caller of the current request and the right that it needs. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Caller } from "../domain/access/decide.ts";
import type { Right } from "../domain/access/rights.ts";

interface Authorization {
  readonly caller: Caller;
  /** Right that the endpoint or the form requires. */
  readonly right: Right;
}

const current = new AsyncLocalStorage<Authorization>();

/** Runs the work of a request, whose changes need the right. Public endpoints have neither caller nor right. */
export function withAuthorization<T>(caller: Caller | null, right: Right | null, run: () => T): T {
  return caller && right !== null ? current.run({ caller, right }, run) : run();
}

/** Returns undefined for work without a caller. */
export function currentAuthorization(): Authorization | undefined {
  return current.getStore();
}

/** Returns the caller of the current request; undefined for work without one. */
export function currentCaller(): Caller | undefined {
  return current.getStore()?.caller;
}
