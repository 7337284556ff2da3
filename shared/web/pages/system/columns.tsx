import { count } from "../../../domain/text/count.ts";
import type { QueueBacklog } from "../../../use-cases/read-backlog.ts";
import { capitalize } from "../../components/capitalize.ts";
import type { Column } from "../../components/data-table.tsx";
import { formatDuration } from "../../components/duration.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewer } from "../../site/viewer.ts";
import { pathOfQueue } from "../dead-letters/queue-param.ts";

/** Queues, on the page and as a file. Those who may read dead letters have links to them. */
export function queueColumns(now: number, { may }: Pick<Viewer, "may">): readonly Column<QueueBacklog>[] {
  return [
    { heading: "Queue", value: ({ queue }) => capitalize(queue) },
    {
      heading: "Status",
      value: statusOf,
      cell: (row) => (row.stopped ? <strong class="alarm">{statusOf(row)}</strong> : statusOf(row)),
    },
    { heading: "Waiting", value: ({ waiting }) => waiting },
    {
      heading: "For at least",
      class: "wide",
      unit: "seconds",
      value: ({ since }) => (since === null ? null : Math.round((now - since) / 1_000)),
      cell: ({ since }) => (since === null ? "–" : formatDuration(now - since)),
    },
    { heading: "In flight", class: "wide", value: ({ inFlight }) => inFlight },
    {
      heading: "Dead letters",
      value: ({ deadLetters }) => deadLetters,
      cell: ({ queue, deadLetters }) =>
        deadLetters === 0 || !may("administer") ? (
          deadLetters
        ) : (
          <a href={pageHref("dead-letters", { queue: pathOfQueue(queue) })}>
            View {count(deadLetters, "dead letter")}
            <span class="hidden"> of {queue}</span>
          </a>
        ),
    },
  ];
}

function statusOf({ stopped, waiting }: QueueBacklog): string {
  return stopped ? "Stopped" : waiting > 0 ? "Busy" : "Empty";
}
