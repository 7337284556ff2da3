import type { Message } from "@aws-sdk/client-sqs";
import { redriveOf, viewOf } from "../../../shared/domain/access/audit.ts";
import { groupOf, reasonOf } from "../../../shared/queue/dead-letter.ts";
import { writeJournaled } from "../../../shared/storage/access/audit-journal.ts";
import type { Table } from "../../../shared/storage/table.ts";
import { commandJournal } from "../command-journal.ts";

/** Records what operators do with dead letters in the audit log. */
export interface DeadLetterJournal {
  /** Records a discarded message with its content. */
  discarded(queue: string, message: Message): Promise<void>;
  redriven(queue: string, count: number): Promise<void>;
}

/** @param actor name in the log */
export function deadLetterJournal(table: Table, actor: string, env: NodeJS.ProcessEnv): DeadLetterJournal {
  const journal = commandJournal(actor, env);
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
