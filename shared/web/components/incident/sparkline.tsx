const width = 96;
const height = 20;
const bars = 24;

/** Number of events over time as small bars, for `[from, to]` in epoch milliseconds. */
export function Sparkline({
  times,
  from,
  to,
  label,
}: {
  readonly times: readonly number[];
  readonly from: number;
  readonly to: number;
  /** Description for screen readers. */
  readonly label: string;
}) {
  const counts = Array.from({ length: bars }, () => 0);
  for (const time of times) {
    const share = to > from ? (time - from) / (to - from) : 1;
    const bar = Math.min(bars - 1, Math.max(0, Math.floor(share * bars)));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  const largest = Math.max(1, ...counts);
  const step = width / bars;
  const path = counts
    .map((count, index) => {
      const x = index * step + step / 2;
      return count > 0 ? `M${x} ${height}v-${Math.max(2, Math.round((count / largest) * height))}` : "";
    })
    .join("");
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      <path d={path} stroke-width={step - 1} />
    </svg>
  );
}
