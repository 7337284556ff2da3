import type { Actor } from "./audit.ts";
import type { Principal } from "./principal.ts";

/** Returns a principal as the audit log names it. */
export function actorOf(principal: Principal): Actor {
  return principal.kind === "person"
    ? { actor: principal.email, actorKind: "person", subject: principal.subject }
    : { actor: principal.name, actorKind: principal.kind, subject: null };
}
