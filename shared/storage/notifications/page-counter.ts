import type { PageCounter } from "../../use-cases/ports/notifications.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";

/** Retention of a count, longer than any counting window. */
const keptSeconds = 86_400;

/** Costs one write unit per page. */
export function pageCounter(table: Table): PageCounter {
  return {
    count: (recipient, service, since) =>
      table.increment(keys.pageCounter(recipient, service, since), {
        expiresAt: expiryAfter(since, keptSeconds),
      }),
    async read(recipient, service, since) {
      const item = await table.get(keys.pageCounter(recipient, service, since));
      return Number(item?.count ?? 0);
    },
  };
}
