import type { Acting } from "../domain/access/audit.ts";
import { currentContext } from "./context.ts";

/** Returns the actor of the current request. */
export function acting(): Acting {
  const { acting, fields } = currentContext() ?? {};
  const requestId = fields?.request_id;
  return {
    actor: acting?.actor ?? null,
    method: acting?.method ?? null,
    path: acting?.path ?? null,
    requestId: typeof requestId === "string" ? requestId : null,
  };
}
