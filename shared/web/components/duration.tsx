/** Durations and relative times for people. */
import { formatInstant, formatMinute } from "../../domain/time.ts";

/** Formats the two largest relevant units: `12 s`, `4 min`, `3 h 20 min`, `2 d 5 h`. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return pair(hours, "h", minutes % 60, "min");
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Time since an event, with the exact time as tooltip. */
export function Ago({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time datetime={formatInstant(at)} title={formatMinute(at)}>
      {formatSpan(now - at)} ago
    </time>
  );
}

/** Age without surrounding words. */
export function Age({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time datetime={formatInstant(at)} title={formatMinute(at)}>
      {formatSpan(now - at)}
    </time>
  );
}

/** Time until something is due, which our script updates. */
export function Countdown({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time datetime={formatInstant(at)} title={formatMinute(at)} data-countdown>
      {at <= now ? "now" : `in ${formatSpan(at - now)}`}
    </time>
  );
}
