import { expect, test } from "vitest";
import { Ago, Clock, formatMoment, Moment, Second, TimeLeft, TimeZone } from "./time.tsx";

const at = Date.parse("2026-11-23T23:30:12Z");
const shownIn = (zone: string, child: unknown) =>
  String(<TimeZone.Provider value={zone}>{child as never}</TimeZone.Provider>);

test("times are in UTC unless the viewer has a time zone", () => {
  expect(String(<Moment at={at} />)).toBe(
    '<time datetime="2026-11-23T23:30:12.000Z">2026-11-23 23:30 UTC</time>',
  );
});

test.each([
  ["Europe/Berlin", "2026-11-24 00:30:12 UTC+1"],
  ["America/St_Johns", "2026-11-23 20:00:12 UTC-3:30"],
  ["UTC", "2026-11-23 23:30:12 UTC"],
])("in %s it is %s", (zone, text) => {
  expect(shownIn(zone, <Second at={at} />)).toContain(`>${text}</time>`);
  expect(shownIn(zone, <Clock at={at} />)).toContain(`>${text.slice(11)}</time>`);
});

test("the title has the time in UTC", () => {
  expect(shownIn("Asia/Tokyo", <Moment at={at} />)).toContain('title="2026-11-23 23:30 UTC"');
  expect(shownIn("Asia/Tokyo", <Ago at={at} now={at + 120_000} />)).toContain(
    'title="2026-11-24 08:30 UTC+9, 2026-11-23 23:30 UTC">2 minutes ago',
  );
});

test("the time left has its end in the viewer's zone and in UTC in its title", () => {
  expect(shownIn("Asia/Tokyo", <TimeLeft at={at} now={at - 4_800_000} />)).toContain(
    'title="2026-11-24 08:30 UTC+9, 2026-11-23 23:30 UTC">1h 20m<',
  );
});

test("a time in a text is in the viewer's zone, or in UTC", () => {
  expect(formatMoment(at, "Asia/Tokyo")).toBe("2026-11-24 08:30 UTC+9");
  expect(formatMoment(at)).toBe("2026-11-23 23:30 UTC");
});
