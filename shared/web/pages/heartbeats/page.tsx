import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import type { DowntimeStore, HeartbeatStore } from "../../../use-cases/ports/alerts.ts";
import type { Page } from "../../../use-cases/ports/page.ts";
import { ownersIn } from "../../components/owner-of-service.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { heartbeatColumns } from "./columns.ts";
import { currentHeartbeat } from "./current-heartbeat.ts";
import { HeartbeatsView } from "./view.tsx";

interface UseCases {
  readonly listHeartbeats: HeartbeatStore["list"];
  readonly loadDowntime: DowntimeStore["load"];
  readonly recentAlertingCounts: Cached<AlertingCounts>;
  readonly recentServices: Cached<Page<Service>>;
}

/** Takes one page of an index, one batch read and one read: about one request unit per monitor. */
export const heartbeatsPage = page(
  { query: z.object(pageQuery) },
  async ({ page, cursor, ...viewing }, useCases: UseCases) => {
    const [{ items, next }, { gaps }, { value: counts }, { value: services }] = await Promise.all([
      useCases.listHeartbeats(page),
      useCases.loadDowntime(),
      useCases.recentAlertingCounts(viewing.now),
      useCases.recentServices(viewing.now),
    ]);
    const heartbeats = items.map((item) => currentHeartbeat(item, gaps, viewing.now));
    const isWhole = page.after === null && next === null;
    const missed = heartbeats.filter(({ state }) => state === "missing").length;
    return {
      title: "Heartbeats",
      isEmpty: items.length === 0,
      ...(page.after === null && { everySeconds: 30 }),
      content: (
        <HeartbeatsView
          {...viewing}
          counts={isWhole ? { ...counts, missedHeartbeats: missed } : counts}
          heartbeats={heartbeats}
          ownerOf={ownersIn(services)}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    heartbeats: async ({ page, now }, { listHeartbeats, loadDowntime }) => {
      const [{ items, isComplete }, { gaps }] = await Promise.all([
        firstRows(listHeartbeats, page),
        loadDowntime(),
      ]);
      const rows = items.map((item) => currentHeartbeat(item, gaps, now));
      return downloadOf(heartbeatColumns, { items: rows, isComplete });
    },
  },
);
