/** Groups of people as the identity provider describes them. Roles can be given to them by name. */
import type { AttributeShapes } from "./patch.ts";

/** Attributes that the provider sets. */
export interface ScimGroupAttributes {
  readonly displayName: string;
  readonly externalId?: string | undefined;
  /** IDs of users. */
  readonly members: readonly string[];
}

/** Times are epoch milliseconds. */
export interface ScimGroup extends ScimGroupAttributes {
  /** `grp_` and a ULID. */
  readonly id: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

export const groupShapes: AttributeShapes = {
  displayName: { kind: "simple" },
  externalId: { kind: "simple" },
  members: { kind: "multi", parts: ["value", "display", "type", "$ref"] },
};
