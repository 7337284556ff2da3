/** Durations and relative times in words. The formats of `Intl` take a sixth of the time that all pages need to load. */
import { count } from "../../domain/text/count.ts";

const sizes = { day: 86_400, hour: 3_600, minute: 60, second: 1 } as const;
type Unit = keyof typeof sizes;
const units = Object.keys(sizes) as Unit[];

interface Part {
  readonly unit: Unit;
  readonly many: number;
}

/** Splits seconds into units without zeros, the largest first. */
function split(seconds: number): Part[] {
  let left = Math.max(0, Math.floor(seconds));
  const parts = units.map((unit) => {
    const many = Math.floor(left / sizes[unit]);
    left -= many * sizes[unit];
    return { unit, many };
  });
  return parts.filter(({ many }) => many > 0);
}

/** `12s`, `4m`, `3h 20m`, `2d 5h`: days with hours, hours with minutes, otherwise one unit. */
export function formatDuration(ms: number): string {
  const parts = split(ms / 1_000);
  const [first] = parts;
  if (!first) return "0s";
  const next = units[units.indexOf(first.unit) + 1];
  const shown = parts.filter(({ unit }) => unit === first.unit || (unit === next && unit !== "second"));
  return shown.map(({ unit, many }) => `${many}${unit[0]}`).join(" ");
}

/** `5 minutes`, `1 hour 30 minutes`: exact, for settings. */
export function formatExactly(seconds: number): string {
  const parts = split(seconds);
  if (parts.length === 0) return count(0, "second");
  return parts.map(({ unit, many }) => count(many, unit)).join(" ");
}

/** `just now`, `12 minutes ago`, `3 hours ago` */
export function formatAgo(ms: number): string {
  const [largest] = split(ms / 1_000);
  return largest ? `${count(largest.many, largest.unit)} ago` : "just now";
}
