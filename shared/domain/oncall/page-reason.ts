import type { OnCallRole } from "./schedule.ts";

/** The reason why a person is paged. */
export type PageReason =
  /** On call in a role, by a layer's name or an override's ID. */
  | { readonly kind: "layer" | "override"; readonly role: OnCallRole; readonly name: string }
  /** Named by a rule of the policy. */
  | { readonly kind: "policy" }
  /** Asked to help. */
  | { readonly kind: "responder" }
  /** Fallback address: the rules reach no one. */
  | { readonly kind: "fallback"; readonly cause: string };

/** Causes of a page of the fallback address. */
export const fallbackCauses = {
  noOneOnCall: "no one is on call at any level",
  noOneLeft: "no remaining rule reaches anyone",
} as const;

/** Describes a reason in words, as the API does. */
export function describeReason(reason: PageReason): string {
  switch (reason.kind) {
    case "layer":
    case "override":
      return `${reason.role} by ${reason.kind} ${reason.name}`;
    case "policy":
      return "named by the policy";
    case "responder":
      return "asked to help";
    case "fallback":
      return reason.cause;
  }
}
