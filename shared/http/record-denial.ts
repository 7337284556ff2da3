import type { DeniedAttempt } from "../domain/access/access-denied.ts";
import { actorOf } from "../domain/access/actor-of.ts";
import { type AccessEvent, denialOf } from "../domain/access/audit.ts";
import { withActor } from "../telemetry/context.ts";
import type { RecordAccessEvent } from "../use-cases/ports/audit.ts";
import type { Log } from "../use-cases/ports/system.ts";
import { missingOf } from "./problem.ts";

interface DeniedRequest {
  readonly method: string;
  readonly path: string;
  /** Path template. */
  readonly route: string;
}

/** Records a denied request. */
export type RecordDenial = (attempt: DeniedAttempt, request: DeniedRequest) => Promise<void>;

/** Records denied requests in the audit log. They are denied all the same if that fails. */
export function denialRecorder(recordAccess: RecordAccessEvent, log: Log): RecordDenial {
  return async ({ principal, right, denial }, { method, path, route }) => {
    const by = actorOf(principal);
    const event = denialOf(by, `${method} ${route}`, { missing: missingOf(denial) });
    await withActor({ ...by, right, method, path }, () => recordUnlessFailing(recordAccess, log, event));
  };
}

/** Records the event of a denied request. A failure is only logged. */
export async function recordUnlessFailing(
  recordAccess: RecordAccessEvent,
  log: Log,
  event: AccessEvent,
): Promise<void> {
  try {
    await recordAccess(event);
  } catch (error) {
    log.error("denied request not recorded", { error });
  }
}
