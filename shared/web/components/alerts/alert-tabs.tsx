import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { type PageName, pageHref } from "../../site/routes.ts";

interface AlertTabsProps {
  readonly page: PageName;
  readonly counts: AlertingCounts;
}

/** Pages about alerts, with the numbers that matter. */
export function AlertTabs({ page, counts }: AlertTabsProps) {
  const { routing, activeSilences, missedHeartbeats } = counts;
  const tabs: readonly {
    readonly page: PageName;
    readonly name: string;
    readonly parts?: readonly PageName[];
    readonly count?: string | false;
  }[] = [
    { page: "alerts", name: "Alerts", parts: ["alert"] },
    { page: "routing", name: "Routing", count: routing > 0 && `${routing}` },
    {
      page: "silences",
      name: "Silences",
      parts: ["new-silence"],
      count: activeSilences > 0 && `${activeSilences} active`,
    },
    {
      page: "heartbeats",
      name: "Heartbeats",
      parts: ["new-heartbeat", "heartbeat"],
      count: missedHeartbeats > 0 && `${missedHeartbeats} missed`,
    },
  ];
  return (
    <nav class="tabs" aria-label="Alerts">
      {tabs.map(({ page: tab, name, parts = [], count = false }) => (
        <a
          href={pageHref(tab)}
          aria-current={tab === page ? "page" : parts.includes(page) ? "true" : undefined}
        >
          {name} {count && <span class="count">{count}</span>}
        </a>
      ))}
    </nav>
  );
}
