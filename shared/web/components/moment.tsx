import { formatInstant, formatMinute } from "../../domain/time.ts";

/** A time for people, from epoch milliseconds. */
export function Moment({ at }: { readonly at: number }) {
  return <time datetime={formatInstant(at)}>{formatMinute(at)}</time>;
}

/** A time to the second, for sequences of events. */
export function Second({ at }: { readonly at: number }) {
  const text = formatInstant(at);
  return <time datetime={text}>{`${text.slice(0, 19).replace("T", " ")} UTC`}</time>;
}

/** Returns the time since an event: `12 minutes ago`. */
export function agoOf(at: number, now: number): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return ago(minutes, "minute");
  if (minutes < 48 * 60) return ago(Math.floor(minutes / 60), "hour");
  return ago(Math.floor(minutes / 60 / 24), "day");
}

function ago(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}
