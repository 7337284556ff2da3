import type { Acting } from "../domain/access/audit.ts";
import { currentContext } from "../telemetry/context.ts";

/** Who asked for what is done now. */
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
