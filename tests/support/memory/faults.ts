/** Injects a failure into the n-th external call, so that tests can cover every call. */
import { Unavailable } from "../../../shared/domain/errors.ts";

/** Thrown by calls of a crashed process. */
export class Died extends Error {}

export type FaultKind =
  /** The process crashes before the call has an effect. All later calls fail until `revive`. */
  | "dies"
  /** The call fails without an effect. */
  | "fails"
  /** The call takes effect, but its response is lost. */
  | "answer_lost";

export type Dependency = "table" | "queues" | "provider";

export interface Faults {
  /** Runs an external call. `failure` creates its error. */
  through<T>(on: Dependency, effect: () => Promise<T>, failure?: () => Error): Promise<T>;
  /** Sets the failing calls. Counting restarts at 1. */
  plan(faultOf: (call: number, on: Dependency) => FaultKind | undefined): void;
  /** Returns true if the process crashed since the last call, and restarts it. */
  revive(): boolean;
  readonly calls: number;
}

export function faults(): Faults {
  let calls = 0;
  let dead = false;
  let faultOf: (call: number, on: Dependency) => FaultKind | undefined = () => undefined;
  return {
    async through(on, effect, failure = () => new Unavailable("The system")) {
      if (dead) throw new Died();
      calls += 1;
      const fault = faultOf(calls, on);
      if (fault === "dies") {
        dead = true;
        throw new Died();
      }
      if (fault === "fails") throw failure();
      const result = await effect();
      if (dead) throw new Died();
      if (fault === "answer_lost") throw failure();
      return result;
    },
    plan(next) {
      calls = 0;
      faultOf = next;
    },
    revive() {
      const died = dead;
      dead = false;
      return died;
    },
    get calls() {
      return calls;
    },
  };
}
