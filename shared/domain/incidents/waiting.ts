import { formatInstant } from "../time.ts";
import { dayMs } from "../time-units.ts";
import { wallClockAt } from "../wall-clock.ts";
import type { Incident } from "./incident.ts";

type Waiting = Pick<Incident, "status" | "urgency" | "raisesAt" | "urgencySetting">;

/**
 * Describes the urgency of an incident that waits, such as `Low urgency. Becomes high Mon 09:00 Berlin`; null for all
 * others.
 */
export function waitingText(
  { status, urgency, raisesAt, urgencySetting }: Waiting,
  now: number,
): string | null {
  if (urgency !== "low" || status === "resolved") return null;
  if (status !== "open" || raisesAt === undefined || typeof urgencySetting !== "object") return "Low urgency";
  return `Low urgency. Becomes high ${localTime(raisesAt, urgencySetting.timezone, now)}`;
}

/** `Mon 09:00 Berlin`, with the date if it is not within six days. */
function localTime(at: number, timezone: string, now: number): string {
  const local = wallClockAt(at, timezone);
  // `Mon, 23 Nov 2026 …` in all environments (ECMA-262, Date.prototype.toUTCString).
  const [weekday = "", day, month = ""] = new Date(local).toUTCString().split(/,? /);
  const date = at - now < 6 * dayMs ? weekday : `${weekday} ${Number(day)} ${month}`;
  const city = timezone.split("/").at(-1)?.replaceAll("_", " ");
  return `${date} ${formatInstant(local).slice(11, 16)} ${city}`;
}
