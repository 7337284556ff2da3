import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { NewHeartbeatView } from "./view.tsx";

interface UseCases {
  readonly recentAlertingCounts: Cached<AlertingCounts>;
}

export const newHeartbeatPage = page(
  { right: "manage" },
  async (viewing, { recentAlertingCounts }: UseCases) => ({
    title: "New heartbeat",
    content: <NewHeartbeatView {...viewing} counts={(await recentAlertingCounts(viewing.now)).value} />,
  }),
);
