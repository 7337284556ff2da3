/**
 * Times for people, in the viewer's time zone. All are epoch milliseconds. The title has the time in UTC, of a duration
 * also the local one.
 */
import { createContext, useContext } from "hono/jsx";
import { formatInstant, formatMinute } from "../../domain/time.ts";
import { dayMs, minuteMs } from "../../domain/time-units.ts";
import { formatAgo, formatDuration } from "./duration.ts";

/** IANA time zone that a page shows its times in. */
export const TimeZone = createContext("UTC");

interface TimeProps {
  readonly at: number;
}

interface RelativeProps extends TimeProps {
  readonly now: number;
}

/** `2026-11-23 09:00 UTC` */
export function Moment({ at }: TimeProps) {
  return <Exact at={at} from={0} to={16} />;
}

/** `2026-11-23 09:00:12 UTC`, for events in quick succession. */
export function Second({ at }: TimeProps) {
  return <Exact at={at} from={0} to={19} />;
}

/** `09:00:12 UTC`, for a time of this day. */
export function Clock({ at }: TimeProps) {
  return <Exact at={at} from={11} to={19} />;
}

/** `12 minutes ago` */
export function Ago({ at, now }: RelativeProps) {
  return (
    <time datetime={formatInstant(at)} title={titleOf(at, useContext(TimeZone))}>
      {formatAgo(now - at)}
    </time>
  );
}

/** Formats a duration since a time, such as `3h 20m`. */
export function Age({ at, now }: RelativeProps) {
  return (
    <time datetime={formatInstant(at)} title={titleOf(at, useContext(TimeZone))}>
      {formatDuration(now - at)}
    </time>
  );
}

/** Formats the time left until a time, such as `3h 20m`. */
export function TimeLeft({ at, now }: RelativeProps) {
  return (
    <time datetime={formatInstant(at)} title={titleOf(at, useContext(TimeZone))}>
      {formatDuration(at - now)}
    </time>
  );
}

/** `in 4m`; our script counts down. */
export function Countdown({ at, now }: RelativeProps) {
  return (
    <time datetime={formatInstant(at)} title={titleOf(at, useContext(TimeZone))} data-countdown>
      {at <= now ? "now" : `in ${formatDuration(at - now)}`}
    </time>
  );
}

/** `Mon 09:00`, or `30 Nov 09:00` if it is almost a week away. */
export function Until({ at, now }: RelativeProps) {
  const zone = useContext(TimeZone);
  // `Mon, 23 Nov 2026 09:00:00 GMT`
  const [weekday, day, month, , clock = ""] = new Date(zone === "UTC" ? at : localTime(zone, at))
    .toUTCString()
    .split(/,? /);
  const date = at - now < 6 * dayMs ? weekday : `${Number(day)} ${month}`;
  return (
    <time datetime={formatInstant(at)} title={titleOf(at, zone)}>
      {`${date} ${clock.slice(0, 5)}`}
    </time>
  );
}

/** @param props.from the part of `2026-11-23 09:00:12` that is shown */
function Exact({ at, from, to }: TimeProps & { readonly from: number; readonly to: number }) {
  const zone = useContext(TimeZone);
  const text = formatInstant(at);
  return (
    <time datetime={text} title={zone === "UTC" ? undefined : textIn("UTC", at)}>
      {textIn(zone, at, from, to)}
    </time>
  );
}

/** `2026-11-23 10:00 UTC+1`, for a text without markup. */
export function formatMoment(at: number, zone = "UTC"): string {
  return textIn(zone, at);
}

/** `2026-11-23 10:00 UTC+1`, or a part of it. */
function textIn(zone: string, at: number, from = 0, to = 16): string {
  const local = zone === "UTC" ? at : localTime(zone, at);
  return `${formatInstant(local).slice(from, to).replace("T", " ")} ${offsetText(local - at)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the local time as if it were UTC. Temporal is not needed for it, and error pages do without. */
function localTime(zone: string, at: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  if (formats.size > 100) formats.clear();
  formats.set(zone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** `UTC`, `UTC+1` or `UTC-3:30`. */
function offsetText(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / minuteMs);
  if (minutes === 0) return "UTC";
  const rest = minutes % 60 === 0 ? "" : `:${String(minutes % 60).padStart(2, "0")}`;
  return `UTC${ms < 0 ? "-" : "+"}${Math.floor(minutes / 60)}${rest}`;
}

function titleOf(at: number, zone: string): string {
  return zone === "UTC" ? formatMinute(at) : `${textIn(zone, at)}, ${formatMinute(at)}`;
}
