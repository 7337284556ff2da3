/** Durations and relative times in words. `Intl.DurationFormat` would do, but Node 20 doesn't have it. */

const sizes = { day: 86_400, hour: 3_600, minute: 60, second: 1 } as const;
type Unit = keyof typeof sizes;
const units = Object.keys(sizes) as Unit[];

function unitFormats(unitDisplay: "narrow" | "long"): Readonly<Record<string, Intl.NumberFormat>> {
  return Object.fromEntries(
    units.map((unit) => [unit, new Intl.NumberFormat("en", { style: "unit", unit, unitDisplay })]),
  );
}

const narrow = unitFormats("narrow");
const long = unitFormats("long");
const relative = new Intl.RelativeTimeFormat("en");

/** Splits seconds into units without zeros, the largest first. */
function split(seconds: number): { readonly unit: Unit; readonly count: number }[] {
  let left = Math.max(0, Math.floor(seconds));
  const parts = units.map((unit) => {
    const count = Math.floor(left / sizes[unit]);
    left -= count * sizes[unit];
    return { unit, count };
  });
  return parts.filter(({ count }) => count > 0);
}

/** `12s`, `4m`, `3h 20m`, `2d 5h`: days with hours, hours with minutes, otherwise one unit. */
export function formatDuration(ms: number): string {
  const parts = split(ms / 1_000);
  const [first] = parts;
  if (!first) return narrow.second?.format(0) ?? "";
  const next = units[units.indexOf(first.unit) + 1];
  const shown = parts.filter(({ unit }) => unit === first.unit || (unit === next && unit !== "second"));
  return shown.map(({ unit, count }) => narrow[unit]?.format(count)).join(" ");
}

/** `5 minutes`, `1 hour 30 minutes`: exact, for settings. */
export function formatExactly(seconds: number): string {
  const parts = split(seconds);
  if (parts.length === 0) return long.second?.format(0) ?? "";
  return parts.map(({ unit, count }) => long[unit]?.format(count)).join(" ");
}

/** `just now`, `12 minutes ago`, `3 hours ago` */
export function formatAgo(ms: number): string {
  const [largest] = split(ms / 1_000);
  return largest ? relative.format(-largest.count, largest.unit) : "just now";
}
