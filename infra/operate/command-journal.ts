import { ulid } from "ulid";
import { commandContext } from "../../shared/domain/access/audit.ts";
import { limits } from "../../shared/domain/limits.ts";
import type { Journal } from "../../shared/storage/access/audit-journal.ts";
import { keptAudit } from "../../shared/storage/access/audit-store.ts";

/** Records what a command changes in the audit log. @param actor name in the log */
export function commandJournal(actor: string, env: NodeJS.ProcessEnv): Journal {
  return {
    entity: keptAudit(Number(env.AUDIT_RETENTION_DAYS || limits.auditDays)),
    clock: Date.now,
    ulid,
    currentActor: () => commandContext(actor),
  };
}

/** Names a command and who runs it, such as `npm run keys, by ada`. */
export function commandActor(command: string, { USER: user }: NodeJS.ProcessEnv): string {
  return user ? `npm run ${command}, by ${user}` : `npm run ${command}`;
}
