/** Small charts without script or inline style. */
import type { PropsWithChildren } from "hono/jsx";

const width = 300;
const height = 64;
const top = 6;

interface Series {
  /** Description for screen readers. */
  readonly label: string;
  /** Evenly spaced values, oldest first; null: no data. */
  readonly values: readonly (number | null)[];
}

/** Line chart with gaps for missing values; a value between gaps is a dot. */
export function TrendChart({ label, values }: Series) {
  const largest = Math.max(1, ...values.map((value) => value ?? 0));
  const x = (index: number) => round(((index + 0.5) * width) / values.length);
  const y = (value: number) => round(height - 2 - (value / largest) * (height - top - 2));
  const runs = runsOf(values);
  const line = runs
    .map((run) =>
      run.map(({ index, value }, nth) => `${nth === 0 ? "M" : "L"}${x(index)} ${y(value)}`).join(""),
    )
    .join("");
  const last = runs.at(-1)?.at(-1);
  return (
    <Drawing label={label}>
      <path class="line" d={line} />
      {runs
        .flatMap((run) => (run.length === 1 ? run : []))
        .concat(last ?? [])
        .map(({ index, value }) => (
          <path class="dot" d={`M${x(index)} ${y(value)}h0`} />
        ))}
    </Drawing>
  );
}

/** Bar chart. */
export function BarChart({ label, values }: Series) {
  const largest = Math.max(1, ...values.map((value) => value ?? 0));
  const step = width / values.length;
  const bars = values
    .map((value, index) => {
      const tall = ((value ?? 0) / largest) * (height - top - 1);
      return tall > 0 ? `M${round(index * step + step / 2)} ${height - 1}v${round(-tall)}` : "";
    })
    .join("");
  return (
    <Drawing label={label}>
      <path class="bars" d={bars} stroke-width={round(step * 0.7)} />
    </Drawing>
  );
}

function Drawing({ label, children }: PropsWithChildren<Pick<Series, "label">>) {
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      preserveAspectRatio="none"
    >
      <path class="axis" d={`M0 ${height - 1}H${width}`} />
      {children}
    </svg>
  );
}

interface Point {
  readonly index: number;
  readonly value: number;
}

/** Groups consecutive values. */
function runsOf(values: readonly (number | null)[]): Point[][] {
  const runs: Point[][] = [];
  let open: Point[] | undefined;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = undefined;
      continue;
    }
    if (!open) {
      open = [];
      runs.push(open);
    }
    open.push({ index, value });
  }
  return runs;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
