import type { HealthStatus } from "../../../domain/health.ts";
import type { QueueBacklog } from "../../../use-cases/read-backlog.ts";
import { DataTable } from "../../components/data-table.tsx";
import { SettingsTabs } from "../../components/navigation/settings-tabs.tsx";
import type { Viewing } from "../../site/viewer.ts";
import { queueColumns } from "./columns.tsx";

interface SystemViewProps extends Pick<Viewing, "viewer" | "now"> {
  readonly backlog: readonly QueueBacklog[];
  readonly health: {
    readonly services: Readonly<Record<string, { readonly status: HealthStatus }>>;
    readonly dependencies: Readonly<Record<string, { readonly status: HealthStatus }>>;
  };
  /** Version of the platform. */
  readonly version: string;
}

/** Queues, health and version of the platform itself. */
export function SystemView({ backlog, health, version, now, viewer }: SystemViewProps) {
  return (
    <>
      <SettingsTabs page="system" viewer={viewer} />
      <h1>System</h1>
      <section aria-labelledby="queues">
        <h2 id="queues">Queues</h2>
        <Stopped backlog={backlog} />
        <Queues backlog={backlog} now={now} viewer={viewer} />
      </section>
      <section aria-labelledby="health">
        <h2 id="health">Health</h2>
        <ul class="health">
          {[...Object.entries(health.services), ...Object.entries(health.dependencies)].map(
            ([name, { status }]) => (
              <li class={status}>
                <span aria-hidden="true">{status === "ok" ? "✓" : "✗"}</span> {name}{" "}
                <span class="quiet">{status}</span>
              </li>
            ),
          )}
        </ul>
        <p class="quiet">
          Version {version}. <a href="/health">View health as JSON</a>
        </p>
        <p class="quiet">
          The exporter has the same numbers over time for Prometheus and Grafana: see docs/monitoring.md.
        </p>
      </section>
    </>
  );
}

/** Queues whose consumer does not run. */
function Stopped({ backlog }: Pick<SystemViewProps, "backlog">) {
  const stopped = backlog.filter((queue) => queue.stopped);
  if (stopped.length === 0) return null;
  return (
    <p class="notice trouble" role="alert">
      Stopped: {stopped.map(({ queue }) => queue).join(", ")}. Messages wait and no consumer receives them.
      Check the logs and the event source mapping of the consumer.
    </p>
  );
}

function Queues({ backlog, now, viewer }: Pick<SystemViewProps, "backlog" | "now" | "viewer">) {
  if (backlog.length === 0) return <p class="notice trouble">The queues don't respond.</p>;
  return <DataTable columns={queueColumns(now, viewer)} rows={backlog} class="stacked queues" />;
}
