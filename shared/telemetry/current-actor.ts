import type { ActorContext } from "../domain/access/audit.ts";
import { currentContext } from "./context.ts";

/** Returns the actor of the current request. */
export function currentActor(): ActorContext {
  const { actor, fields, ipAddress = null } = currentContext() ?? {};
  const requestId = fields?.request_id;
  return {
    actor: actor?.actor ?? null,
    actorKind: actor?.actorKind ?? null,
    subject: actor?.subject ?? null,
    right: actor?.right ?? null,
    ipAddress,
    method: actor?.method ?? null,
    path: actor?.path ?? null,
    requestId: typeof requestId === "string" ? requestId : null,
  };
}
