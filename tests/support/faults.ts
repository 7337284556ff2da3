/** Lets the n-th call to the world outside go wrong, so that a test can try each of them. */
import { Unavailable } from "../../shared/domain/errors.ts";

/** What a call to a dead process's world ends with. */
export class Died extends Error {}

export type FaultKind =
  /** The process is gone before the call has an effect; so are all calls after it, until `revive`. */
  | "dies"
  /** This call fails without an effect. */
  | "fails"
  /** This call takes effect, but its answer is lost. */
  | "answer_lost";

export type Dependency = "table" | "queues" | "provider";

export interface Faults {
  /** Every call to the outside goes through here; `failure` is how it fails. */
  through<T>(on: Dependency, effect: () => Promise<T>, failure?: () => Error): Promise<T>;
  /** Which calls go wrong from now on; counting starts at 1 again. */
  plan(faultOf: (call: number, on: Dependency) => FaultKind | undefined): void;
  /** Whether the process died since the last time; it lives again afterwards. */
  revive(): boolean;
  readonly calls: number;
}

export function faults(): Faults {
  let calls = 0;
  let dead = false;
  let faultOf: (call: number, on: Dependency) => FaultKind | undefined = () => undefined;
  return {
    async through(on, effect, failure = () => new Unavailable("The world")) {
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
