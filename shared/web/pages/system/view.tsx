import type { HealthStatus } from "../../../domain/health.ts";
import type { QueueBacklog } from "../../../use-cases/read-backlog.ts";
import { capitalize } from "../../components/capitalize.ts";
import { formatDuration } from "../../components/duration.ts";
import { SettingsTabs } from "../../components/settings-tabs.tsx";

interface SystemViewProps {
  readonly backlog: readonly QueueBacklog[];
  readonly health: {
    readonly services: Readonly<Record<string, { readonly status: HealthStatus }>>;
    readonly dependencies: Readonly<Record<string, { readonly status: HealthStatus }>>;
  };
  readonly now: number;
}

/** Queues and health of the platform itself. */
export function SystemView({ backlog, health, now }: SystemViewProps) {
  return (
    <>
      <h1>System</h1>
      <SettingsTabs page="system" />
      <section aria-labelledby="queues">
        <h2 id="queues">Queues</h2>
        <Queues backlog={backlog} now={now} />
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
      </section>
    </>
  );
}

function Queues({ backlog, now }: Pick<SystemViewProps, "backlog" | "now">) {
  if (backlog.length === 0) return <p class="notice trouble">The queues don't respond.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Queue</th>
          <th scope="col">Waiting</th>
          <th scope="col">For at least</th>
          <th scope="col">Dead letters</th>
        </tr>
      </thead>
      <tbody>
        {backlog.map(({ queue, waiting, since, deadLetters }) => (
          <tr>
            <th scope="row">{capitalize(queue)}</th>
            <td>{waiting}</td>
            <td>{since === null ? "–" : formatDuration(now - since)}</td>
            <td class={deadLetters > 0 ? "alarm" : undefined}>{deadLetters}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
