import type { HeartbeatState } from "../../../domain/alerts/heartbeat.ts";
import { formatExactly } from "../../components/duration.ts";
import { Ago, Countdown } from "../../components/time.tsx";
import type { CurrentHeartbeat } from "./current-heartbeat.ts";

const shapes: Readonly<Record<HeartbeatState, string>> = { waiting: "○", ok: "✓", missing: "✗", paused: "‖" };
const names: Readonly<Record<HeartbeatState, string>> = {
  waiting: "Waiting for the first ping",
  ok: "Healthy",
  missing: "Missed",
  paused: "Paused",
};

/** State of a heartbeat monitor, with a word and a shape. */
export function HeartbeatMark({ state }: { readonly state: HeartbeatState }) {
  return (
    <span class={`heartbeat-state ${state}`}>
      <span aria-hidden="true">{shapes[state]}</span> {names[state]}
    </span>
  );
}

interface PingTimesProps {
  readonly current: CurrentHeartbeat;
  readonly now: number;
}

/** The last ping and the next one, as far as there are any. */
export function PingTimes({ current: { state, lastBeatAt, dueAt, missingSince }, now }: PingTimesProps) {
  return (
    <>
      {lastBeatAt !== null && (
        <span>
          Last ping <Ago at={lastBeatAt} now={now} />
        </span>
      )}
      {missingSince !== null && (
        <span>
          Overdue since <Ago at={missingSince} now={now} />
        </span>
      )}
      {state === "ok" && dueAt !== null && (
        <span>
          Next ping due <Countdown at={dueAt} now={now} />
        </span>
      )}
    </>
  );
}

/** `every 5 minutes, 1 minute of grace` */
export function intervalText({ intervalSeconds, graceSeconds }: CurrentHeartbeat["heartbeat"]): string {
  const grace = graceSeconds > 0 ? `, ${formatExactly(graceSeconds)} of grace` : "";
  return `every ${formatExactly(intervalSeconds)}${grace}`;
}
