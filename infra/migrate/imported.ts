/** Common model for configuration imported from other systems, with what cannot be imported. */
import type * as z from "zod";
import type { userInput } from "../../shared/contracts/access/user.ts";
import type { layeredPlan } from "../../shared/contracts/oncall/schedules/plan.ts";
import type { serviceInput } from "../../shared/contracts/oncall/services/service.ts";
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

/** A layer without a role, with its hours, which determine whether two layers are on duty together. */
export interface ImportedLayer {
  readonly layer: Omit<z.input<typeof layeredPlan>["layers"][number], "role">;
  readonly hours: readonly Hours[];
}

export interface ImportedSchedule {
  readonly id: string;
  readonly name: string;
  readonly timezone: string;
  /** Layers per role slot, one or two. In each slot, the last layer with someone on duty wins. */
  readonly roleSlots: readonly (readonly ImportedLayer[])[];
  readonly overrides: readonly ImportedOverride[];
}

/** Times are epoch milliseconds. */
export interface ImportedOverride {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly start: number;
  readonly end: number;
  /** Affected role slots. */
  readonly roleSlots: readonly number[];
}

export type ImportedTarget =
  | { readonly type: "schedule"; readonly id: string; readonly name: string }
  | { readonly type: "user"; readonly email: string };

export interface ImportedPolicy {
  readonly id: string;
  readonly name: string;
  /** Name of the resulting team. */
  readonly team: string;
  readonly levels: readonly { readonly targets: readonly ImportedTarget[]; readonly delaySeconds: number }[];
  readonly repeat: number;
}

export interface ImportedService {
  readonly name: string;
  /** ID of the policy, or of the schedule without a policy, whose team gets it. */
  readonly owner: string;
  readonly settings?: ServiceSettings;
}

/** Settings of a service in the format of a request. Absent ones stay as they are. */
export type ServiceSettings = Partial<
  Pick<z.input<typeof serviceInput>, "urgency" | "acknowledgement_timeout_seconds">
>;

/** A difference between the original and the imported configuration. */
export interface ImportWarning {
  /** left: not imported; changed: imported with differences. */
  readonly kind: "left" | "changed";
  readonly what: string;
  readonly why: string;
  readonly instead: string;
}

/** Thrown if an item cannot be imported at all. */
export class Unsupported extends Error {
  readonly warning: ImportWarning;

  constructor(what: string, why: string, instead: string) {
    super(`${what}: ${why}`);
    this.warning = { kind: "left", what, why, instead };
  }
}

/** Returns the result of `convert`; undefined, with a warning, if the item is unsupported. */
export function importOrWarn<T>(warnings: ImportWarning[], convert: () => T): T | undefined {
  try {
    return convert();
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    warnings.push(error.warning);
    return undefined;
  }
}
