import { DomainError } from "../errors.ts";
import type { Denial } from "./decide.ts";
import type { Principal } from "./principal.ts";
import type { Right } from "./rights.ts";

/** A request that was denied: the caller, the right that they asked for, and what they lack. */
export interface DeniedAttempt {
  readonly principal: Principal;
  readonly right: Right;
  readonly denial: Denial;
}

/** Thrown if the caller lacks a role, or their key a scope or a team. */
export class AccessDenied extends DomainError {
  readonly code = "forbidden";
  readonly attempt: DeniedAttempt;

  constructor(message: string, attempt: DeniedAttempt) {
    super(message);
    this.attempt = attempt;
  }
}
