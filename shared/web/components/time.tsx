/** Times for people. All are epoch milliseconds. */
import { formatInstant, formatMinute } from "../../domain/time.ts";
import { formatAgo, formatDuration } from "./duration.ts";

/** `2026-11-23 09:00 UTC` */
export function Moment({ at }: { readonly at: number }) {
  return <time datetime={formatInstant(at)}>{formatMinute(at)}</time>;
}

/** `2026-11-23 09:00:12 UTC`, for events in quick succession. */
export function Second({ at }: { readonly at: number }) {
  const text = formatInstant(at);
  return <time datetime={text}>{`${text.slice(0, 19).replace("T", " ")} UTC`}</time>;
}

/** `12 minutes ago`; the title has the time itself. */
export function Ago({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time datetime={formatInstant(at)} title={formatMinute(at)}>
      {formatAgo(now - at)}
    </time>
  );
}

/** Formats a duration since a time, such as `3h 20m`. */
export function Age({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time datetime={formatInstant(at)} title={formatMinute(at)}>
      {formatDuration(now - at)}
    </time>
  );
}

/** `in 4m`; our script counts down. */
export function Countdown({ at, now }: { readonly at: number; readonly now: number }) {
  return (
    <time datetime={formatInstant(at)} title={formatMinute(at)} data-countdown>
      {at <= now ? "now" : `in ${formatDuration(at - now)}`}
    </time>
  );
}
