import type { WallClock } from "../../../domain/wall-clock.ts";
import { formatDay } from "../../components/local-time.ts";
import { axisOf } from "./axis.ts";

/** Heights in pixels. Widths are percentages, so that the texts of a chart have one size on all screens. */
const top = 20;
const floor = 140;
const height = 162;
const axisWidth = 48;
/** Number of dates below the bars, which fits on a phone. */
const dates = 4;
/** Distance of two values above capped bars, in percent, so that they don't overlap. */
const valueWidth = 12;

interface DayChartProps {
  /** Description for screen readers. The same values are in the table of the page. */
  readonly label: string;
  /** Oldest first; null: no data. */
  readonly values: readonly { readonly day: WallClock; readonly value: number | null }[];
  readonly roundStep: (least: number) => number;
  readonly format: (value: number) => string;
}

interface Bar {
  readonly day: WallClock;
  readonly value: number | null;
  /** Left edge and middle, in percent. */
  readonly left: number;
  readonly middle: number;
  readonly isCapped: boolean;
}

/**
 * Bars by day, with an axis of values and one of dates, and each value on hover. A bar beyond the axis has a break and
 * its value.
 */
export function DayChart({ label, values, roundStep, format }: DayChartProps) {
  const { ticks, end } = axisOf(
    values.map(({ value }) => value),
    roundStep,
  );
  const width = 100 / values.length;
  const bars = values.map(({ day, value }, index): Bar => {
    const left = index * width;
    return { day, value, left, middle: left + width / 2, isCapped: (value ?? 0) > end };
  });
  const y = (value: number) => round(floor - (Math.min(value, end) / end) * (floor - top));
  const every = Math.ceil(values.length / dates);
  return (
    <div class="day-chart">
      <svg class="value-axis" width={axisWidth} height={height} aria-hidden="true">
        {ticks.map((tick) => (
          <text x={axisWidth - 6} y={y(tick) + 4} text-anchor="end">
            {format(tick)}
          </text>
        ))}
      </svg>
      <svg class="plot" width="100%" height={height} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <line class={tick === 0 ? "base" : "grid"} x1="0" x2="100%" y1={y(tick)} y2={y(tick)} />
        ))}
        {bars.map(({ left, value }) =>
          value !== null && value > 0 ? (
            <rect
              class="bar"
              x={percent(left + width * 0.15)}
              width={percent(width * 0.7)}
              y={Math.min(y(value), floor - 2)}
              height={Math.max(floor - y(value), 2)}
            />
          ) : null,
        )}
        {bars
          .filter(({ isCapped }) => isCapped)
          .map(({ left }) => (
            <rect class="break" x={percent(left)} width={percent(width)} y={top + 8} height="4" />
          ))}
        {spaced(bars.filter(({ isCapped }) => isCapped)).map(({ middle, value }) => (
          <text class="capped" x={percent(middle)} y={top - 6} text-anchor={anchorAt(middle)}>
            {format(value ?? 0)}
          </text>
        ))}
        {bars
          .filter((_, index) => index % every === Math.floor(every / 2))
          .map(({ day, middle }) => (
            <text x={percent(middle)} y={height - 6} text-anchor="middle">
              {dateOf(day)}
            </text>
          ))}
        {bars.map(({ day, value, left }) => (
          <rect class="hit" x={percent(left)} width={percent(width)} y="0" height={height}>
            <title>{`${formatDay(day)}: ${value === null ? "no data" : format(value)}`}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}

/** Leaves out bars whose value would overlap that of one before. */
function spaced(bars: readonly Bar[]): Bar[] {
  const kept: Bar[] = [];
  for (const bar of bars) {
    const last = kept.at(-1);
    if (!last || bar.middle - last.middle >= valueWidth) kept.push(bar);
  }
  return kept;
}

/** Keeps a text inside the chart. */
function anchorAt(middle: number): "start" | "middle" | "end" {
  return middle < 8 ? "start" : middle > 92 ? "end" : "middle";
}

/** `23 Nov` */
function dateOf(day: WallClock): string {
  return formatDay(day).slice(4);
}

function percent(value: number): string {
  return `${Math.round(value * 100) / 100}%`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
