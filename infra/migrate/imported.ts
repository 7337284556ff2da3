/** What another system's export says, in words that all of them share, and what of it can't be said here. */
import type * as z from "zod";
import type { userInput } from "../../shared/contracts/access/user.ts";
import type { layeredPlan } from "../../shared/contracts/oncall/schedules/plan.ts";
import type { Hours } from "./hours.ts";

export interface ImportedConfiguration {
  readonly people: readonly ImportedPerson[];
  readonly schedules: readonly ImportedSchedule[];
  readonly policies: readonly ImportedPolicy[];
  readonly services: readonly ImportedService[];
  readonly warnings: readonly ImportWarning[];
}

export interface ImportedPerson {
  readonly email: string;
  readonly body: z.input<typeof userInput>;
}

/** A layer that has no role yet, and its hours, by which it is told whether two are on duty at once. */
export interface ImportedLayer {
  readonly layer: Omit<z.input<typeof layeredPlan>["layers"][number], "role">;
  readonly hours: readonly Hours[];
}

export interface ImportedSchedule {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  /** Those who are on call side by side, one or two; in each the later layer that has somebody wins. */
  readonly roleSlots: readonly (readonly ImportedLayer[])[];
  readonly overrides: readonly ImportedOverride[];
}

/** Epoch milliseconds. */
export interface ImportedOverride {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly start: number;
  readonly end: number;
  /** The roleSlots that it acts on. */
  readonly roleSlots: readonly number[];
}

export type ImportedTarget =
  | { readonly type: "schedule"; readonly id: string; readonly name: string }
  | { readonly type: "user"; readonly email: string };

export interface ImportedPolicy {
  readonly id: string;
  readonly name: string;
  /** What the team is called that gets it. */
  readonly team: string;
  readonly levels: readonly { readonly targets: readonly ImportedTarget[]; readonly delaySeconds: number }[];
  readonly repeat: number;
}

export interface ImportedService {
  readonly name: string;
  /** Id of the policy, or of the schedule that no policy names, whose team is to have it. */
  readonly owner: string;
}

/** Something that is not here as it was there. */
export interface ImportWarning {
  /** left: it was left out; changed: it was importOrWarn, and differs. */
  readonly kind: "left" | "changed";
  readonly what: string;
  readonly why: string;
  readonly instead: string;
}

/** Ends the carrying of a whole thing. */
export class Unsupported extends Error {
  readonly warning: ImportWarning;

  constructor(what: string, why: string, instead: string) {
    super(`${what}: ${why}`);
    this.warning = { kind: "left", what, why, instead };
  }
}

/** What `carry` makes; undefined, and a warning, where it can't. */
export function importOrWarn<T>(warnings: ImportWarning[], carry: () => T): T | undefined {
  try {
    return carry();
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    warnings.push(error.warning);
    return undefined;
  }
}
