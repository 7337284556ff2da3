const rfc3339 =
  /^(\d{4}-\d{2}-(\d{2}))[Tt ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:([Zz])|([+-]\d{2}):?(\d{2}))?$/;

/** RFC 3339 years have four digits. */
const earliestInstant = Date.parse("0000-01-01T00:00:00Z");
export const latestInstant = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * Parses a time as monitoring systems write it: RFC 3339 with any offset and up to nanoseconds. Without a
 * zone it is UTC.
 *
 * @returns epoch milliseconds; undefined if it is not a time
 */
export function parseInstant(text: string): number | undefined {
  const match = rfc3339.exec(text.trim());
  if (!match) return undefined;
  const [, date, day, minutes, seconds = "00", fraction = "", , hours, offsetMinutes] = match;
  const offset = hours === undefined ? "Z" : `${hours}:${offsetMinutes}`;
  const wallClock = Date.parse(`${date}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}Z`);
  const at = Date.parse(`${date}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}${offset}`);
  // February 30 would be parsed as a day in March. Such dates are rejected.
  const exists = new Date(wallClock).getUTCDate() === Number(day);
  return exists && at >= earliestInstant && at <= latestInstant ? at : undefined;
}

/** Formats epoch milliseconds as RFC 3339 in UTC. Years are limited to four digits. */
export function formatInstant(at: number): string {
  return new Date(Math.min(Math.max(at, earliestInstant), latestInstant)).toISOString();
}

/** Formats a time in ISO 8601 without separators: `20261123T100000Z`. */
export function formatBasicInstant(at: number): string {
  return formatInstant(at).replaceAll(/[-:]|\.\d+/g, "");
}

/** Formats a time for people, to the minute: `2026-11-23 10:00 UTC`. */
export function formatMinute(at: number): string {
  return `${formatInstant(at).slice(0, 16).replace("T", " ")} UTC`;
}
