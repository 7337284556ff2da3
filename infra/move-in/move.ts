/** What another system's export says, in words that all of them share, and what of it can't be said here. */
import type * as z from "zod";
import type { userInput } from "../../shared/contracts/access/user.ts";
import type { layeredPlan } from "../../shared/contracts/oncall/schedules/plan.ts";
import type { Hours } from "./hours.ts";

export interface Move {
  readonly people: readonly MovedPerson[];
  readonly rotas: readonly MovedRota[];
  readonly policies: readonly MovedPolicy[];
  readonly services: readonly MovedService[];
  readonly remarks: readonly Remark[];
}

export interface MovedPerson {
  readonly email: string;
  readonly body: z.input<typeof userInput>;
}

/** A layer that has no role yet, and its hours, by which it is told whether two are on duty at once. */
export interface MovedLayer {
  readonly layer: Omit<z.input<typeof layeredPlan>["layers"][number], "role">;
  readonly hours: readonly Hours[];
}

export interface MovedRota {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  /** Those who are on call side by side, one or two; in each the later layer that has somebody wins. */
  readonly lanes: readonly (readonly MovedLayer[])[];
  readonly overrides: readonly MovedOverride[];
}

/** Epoch milliseconds. */
export interface MovedOverride {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly start: number;
  readonly end: number;
  /** The lanes that it acts on. */
  readonly lanes: readonly number[];
}

export type MovedTarget =
  | { readonly type: "rota"; readonly id: string; readonly name: string }
  | { readonly type: "user"; readonly email: string };

export interface MovedPolicy {
  readonly id: string;
  readonly name: string;
  /** What the team is called that gets it. */
  readonly team: string;
  readonly levels: readonly { readonly targets: readonly MovedTarget[]; readonly delaySeconds: number }[];
  readonly repeat: number;
}

export interface MovedService {
  readonly name: string;
  /** Id of the policy, or of the rota that no policy names, whose team is to have it. */
  readonly owner: string;
}

/** Something that is not here as it was there. */
export interface Remark {
  /** left: it was left out; changed: it was carried, and differs. */
  readonly kind: "left" | "changed";
  readonly what: string;
  readonly why: string;
  readonly instead: string;
}

/** Ends the carrying of a whole thing. */
export class NotCarried extends Error {
  readonly remark: Remark;

  constructor(what: string, why: string, instead: string) {
    super(`${what}: ${why}`);
    this.remark = { kind: "left", what, why, instead };
  }
}

/** What `carry` makes; undefined, and a remark, where it can't. */
export function carried<T>(remarks: Remark[], carry: () => T): T | undefined {
  try {
    return carry();
  } catch (error) {
    if (!(error instanceof NotCarried)) throw error;
    remarks.push(error.remark);
    return undefined;
  }
}
