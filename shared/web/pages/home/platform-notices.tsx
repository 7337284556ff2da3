import { channelLabel } from "../../../channels/registry.ts";
import { count } from "../../../domain/text/count.ts";
import type { Health } from "../../../use-cases/check-health.ts";
import type { QueueBacklog } from "../../../use-cases/read-backlog.ts";
import { formatDuration } from "../../components/duration.ts";
import { pageHref } from "../../site/routes.ts";

interface PlatformNoticesProps {
  readonly health: Pick<Health, "services" | "dependencies">;
  readonly backlog: readonly QueueBacklog[];
  /** Channels whose messages are printed, because no provider is configured. */
  readonly simulatedChannels: readonly string[];
  readonly now: number;
}

/** A queue that is being worked off is no news. */
const noticeAfterMs = 30_000;

/** Names of the messages in a queue. */
const messagesIn: Readonly<Record<QueueBacklog["queue"], string>> = {
  alerts: "alert",
  "incident events": "incident event",
  "incident timers": "timer",
  notifications: "notification",
};

/** Problems of the platform itself: services that don't respond, stuck queues, and channels without a provider. */
export function PlatformNotices({ health, backlog, simulatedChannels, now }: PlatformNoticesProps) {
  const degraded = [...Object.entries(health.services), ...Object.entries(health.dependencies)].filter(
    ([, { status }]) => status !== "ok",
  );
  const stuck = backlog.filter(({ since }) => since !== null && now - since >= noticeAfterMs);
  const dead = backlog.filter(({ deadLetters }) => deadLetters > 0);
  return (
    <>
      {degraded.length > 0 && (
        <p class="notice trouble" role="alert">
          Not responding: {degraded.map(([name]) => name).join(", ")}.
        </p>
      )}
      {stuck.map(({ queue, waiting, since }) => (
        <p class="notice trouble">
          {count(waiting, messagesIn[queue])} waiting, for at least {formatDuration(now - (since ?? now))}.{" "}
          <a href={pageHref("system")}>
            View queue<span class="hidden"> of {queue}</span>
          </a>
        </p>
      ))}
      {dead.map(({ queue, deadLetters }) => (
        <p class="notice trouble">
          {count(deadLetters, messagesIn[queue])} in the dead-letter queue, after too many failed attempts.{" "}
          <a href={pageHref("system")}>
            View dead letters<span class="hidden"> of {queue}</span>
          </a>
        </p>
      ))}
      {simulatedChannels.length > 0 && (
        <p class="notice trouble">
          {simulatedChannels.map(channelLabel).join(", ")}: no provider is configured. Messages are only
          printed to the console. <a href={pageHref("team-channels")}>View channels</a>
        </p>
      )}
    </>
  );
}
