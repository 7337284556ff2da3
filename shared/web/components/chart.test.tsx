import { describe, expect, test } from "vitest";
import { BarChart, TrendChart } from "./chart.tsx";

describe("a chart", () => {
  test("has a line with gaps, and a dot for a single value", () => {
    const html = String(<TrendChart label="x" values={[1, 2, null, 3, null]} />);
    expect(html).toContain('class="line" d="M30 43.3L90 24.7M210 6"');
    expect(html.match(/class="dot"/g)).toHaveLength(2);
  });

  test("of nothing is an axis", () => {
    for (const chart of [
      <TrendChart label="x" values={[null, null]} />,
      <BarChart label="x" values={[0, 0]} />,
    ]) {
      expect(String(chart)).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});
