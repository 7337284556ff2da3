import type { Message } from "@aws-sdk/client-sqs";
import { ulid } from "ulid";
import { type AuditEntry, viewOf } from "../../../shared/domain/access/audit.ts";
import { idPrefixes } from "../../../shared/domain/ids.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { groupOf, reasonOf } from "../../../shared/queue/dead-letter.ts";
import { keptAudit } from "../../../shared/storage/access/audit-store.ts";
import type { Table } from "../../../shared/storage/table.ts";

export type RecordDiscard = (queue: string, message: Message) => Promise<void>;

/** Returns a function that records a discarded dead letter and its content in the audit log. @param actor name in the log */
export function discardJournal(table: Table, actor: string, env: NodeJS.ProcessEnv): RecordDiscard {
  const entity = keptAudit(Number(env.AUDIT_RETENTION_DAYS || limits.auditDays));
  return async (queue, message) => {
    const at = Date.now();
    const entry: AuditEntry = {
      id: idPrefixes.audit + ulid(at),
      at,
      actor,
      method: null,
      path: null,
      requestId: null,
      resource: "dead_letter",
      resourceId: message.MessageId ?? "",
      before: viewOf({
        queue,
        sentAt: Number(message.Attributes?.SentTimestamp ?? at),
        group: groupOf(message) ?? null,
        reason: reasonOf(message) ?? null,
        body: message.Body ?? "",
      }),
      after: null,
    };
    await table.put({ item: entity.toItem(entry) });
  };
}
