import type { Health } from "../../../use-cases/check-health.ts";
import type { QueueBacklog } from "../../../use-cases/read-backlog.ts";
import { allRows, downloadOf } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { queueColumns } from "./columns.tsx";
import { SystemView } from "./view.tsx";

interface UseCases {
  readonly recentBacklog: Cached<readonly QueueBacklog[]>;
  readonly checkHealth: () => Promise<Health>;
  /** Version of the platform. */
  readonly version: string;
}

export const systemPage = page(
  {},
  async ({ now, viewer }, { recentBacklog, checkHealth, version }: UseCases) => {
    const [backlog, health] = await Promise.all([recentBacklog(now), checkHealth()]);
    return {
      title: "System",
      everySeconds: 10,
      content: (
        <SystemView backlog={backlog.value} health={health} version={version} now={now} viewer={viewer} />
      ),
    };
  },
  {
    queues: async ({ now, viewer }, { recentBacklog }) =>
      downloadOf(queueColumns(now, viewer), allRows((await recentBacklog(now)).value)),
  },
);
