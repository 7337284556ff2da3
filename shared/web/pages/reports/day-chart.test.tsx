import { describe, expect, test } from "vitest";
import { days, monday } from "../../../../tests/support/builders.ts";
import { axisOf, roundCount } from "./axis.ts";
import { DayChart } from "./day-chart.tsx";

const drawn = (...values: (number | null)[]) =>
  String(
    <DayChart
      label="Incidents"
      values={values.map((value, index) => ({ day: monday + days(index), value }))}
      roundStep={roundCount}
      format={(value) => `${value} in total`}
    />,
  );

describe("a chart of days", () => {
  test("has round ticks, dates, and the value of each day on hover", () => {
    const html = drawn(3, null, 0, 8, 7);
    for (const tick of axisOf([8], roundCount).ticks) expect(html).toContain(`>${tick} in total</text>`);
    expect(html.match(/<title>[^<]*/g)).toEqual([
      "<title>Mon 23 Nov: 3 in total",
      "<title>Tue 24 Nov: no data",
      "<title>Wed 25 Nov: 0 in total",
      "<title>Thu 26 Nov: 8 in total",
      "<title>Fri 27 Nov: 7 in total",
    ]);
    expect(html).toMatch(/text-anchor="middle">26 Nov<\/text>/);
    expect(html.match(/class="bar"/g)).toHaveLength(3);
    expect(html).not.toContain('class="break"');
  });

  test("breaks the bar of a spike, with its value above", () => {
    const html = drawn(4, 5, 900, 4, 5, 6, 5);
    expect(html.match(/class="break"/g)).toHaveLength(1);
    expect(html).toMatch(/class="capped"[^>]*>900 in total</);
    expect(html).toContain(">10 in total</text>");
  });

  test("of nothing is an axis", () => {
    expect(drawn(null, 0)).not.toMatch(/NaN|Infinity|undefined|class="bar"/);
  });
});
