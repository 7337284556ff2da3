import { heartbeatParams } from "../../../contracts/alerts/heartbeats/heartbeat.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import type { readHeartbeat } from "../../../use-cases/alerts/heartbeats/read-heartbeat.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import type { DowntimeStore } from "../../../use-cases/ports/alerts.ts";
import type { Page } from "../../../use-cases/ports/page.ts";
import { ownersIn } from "../../components/owner-of-service.ts";
import { page } from "../../site/page.ts";
import type { Cached, Wired } from "../../site/use-case.ts";
import { currentHeartbeat } from "../heartbeats/current-heartbeat.ts";
import { HeartbeatView } from "./view.tsx";

interface UseCases {
  readonly readHeartbeat: Wired<typeof readHeartbeat>;
  readonly loadDowntime: DowntimeStore["load"];
  readonly recentAlertingCounts: Cached<AlertingCounts>;
  readonly recentServices: Cached<Page<Service>>;
  readonly baseUrlOf: (headers: Headers) => string;
}

export const heartbeatPage = page(
  { params: heartbeatParams },
  async ({ params: { id }, newSecret, headers, ...viewing }, useCases: UseCases) => {
    const [found, { gaps }, { value: counts }, { value: services }] = await Promise.all([
      useCases.readHeartbeat(id),
      useCases.loadDowntime(),
      useCases.recentAlertingCounts(viewing.now),
      useCases.recentServices(viewing.now),
    ]);
    return {
      title: "Heartbeat",
      // A refresh would remove the key, which is shown once.
      ...(newSecret === null && { everySeconds: 30 }),
      content: (
        <HeartbeatView
          {...viewing}
          counts={counts}
          current={currentHeartbeat(found, gaps, viewing.now)}
          ownerOf={ownersIn(services)}
          baseUrl={useCases.baseUrlOf(headers)}
          newKey={newSecret}
        />
      ),
    };
  },
);
