import { actorOf } from "../domain/access/actor-of.ts";
import { denialOf } from "../domain/access/audit.ts";
import { withActor } from "../telemetry/context.ts";
import type { RecordAccessEvent } from "../use-cases/ports/audit.ts";
import type { Log } from "../use-cases/ports/system.ts";
import type { DeniedAttempt } from "./errors.ts";
import { missingOf } from "./problem.ts";

interface RecordDeps {
  /** Absent for endpoints that require no key. */
  readonly recordAccess?: RecordAccessEvent;
  readonly log: Log;
}

interface DeniedRequest {
  readonly method: string;
  readonly path: string;
  /** Path template. */
  readonly route: string;
}

/** Records a denied request in the audit log. It is denied all the same if that fails. */
export async function recordDenial(
  { recordAccess, log }: RecordDeps,
  { principal, right, denial }: DeniedAttempt,
  { method, path, route }: DeniedRequest,
): Promise<void> {
  if (!recordAccess) return;
  const by = actorOf(principal);
  const event = denialOf(by, `${method} ${route}`, missingOf(denial));
  try {
    await withActor({ ...by, right, method, path }, () => recordAccess(event));
  } catch (error) {
    log.error("denied request not recorded", { error });
  }
}
