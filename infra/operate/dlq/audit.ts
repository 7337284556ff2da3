import type { Message } from "@aws-sdk/client-sqs";
import { ulid } from "ulid";
import { commandContext, redriveOf, viewOf } from "../../../shared/domain/access/audit.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { groupOf, reasonOf } from "../../../shared/queue/dead-letter.ts";
import { type Journal, writeJournaled } from "../../../shared/storage/access/audit-journal.ts";
import { keptAudit } from "../../../shared/storage/access/audit-store.ts";
import type { Table } from "../../../shared/storage/table.ts";

/** Records what operators do with dead letters in the audit log. */
export interface DeadLetterJournal {
  /** Records a discarded message with its content. */
  discarded(queue: string, message: Message): Promise<void>;
  redriven(queue: string, count: number): Promise<void>;
}

/** @param actor name in the log */
export function deadLetterJournal(table: Table, actor: string, env: NodeJS.ProcessEnv): DeadLetterJournal {
  const journal: Journal = {
    entity: keptAudit(Number(env.AUDIT_RETENTION_DAYS || limits.auditDays)),
    clock: Date.now,
    ulid,
    currentActor: () => commandContext(actor),
  };
  return {
    async discarded(queue, message) {
      const before = viewOf({
        queue,
        sentAt: Number(message.Attributes?.SentTimestamp ?? journal.clock()),
        group: groupOf(message) ?? null,
        reason: reasonOf(message) ?? null,
        body: message.Body ?? "",
      });
      const change = {
        resource: "dead_letter",
        resourceId: message.MessageId ?? "",
        before,
        after: null,
      } as const;
      await writeJournaled(table, journal, [], [change]);
    },
    redriven: (queue, count) => writeJournaled(table, journal, [], [redriveOf(queue, count)]),
  };
}
