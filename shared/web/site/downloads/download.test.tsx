import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { monday } from "../../../../tests/support/builders.ts";
import { limits } from "../../../domain/limits.ts";
import type { Page, PageRequest } from "../../../use-cases/ports/page.ts";
import { csvResponse } from "./csv-response.ts";
import { allRows, downloadOf, firstRows, timeColumn } from "./download.ts";
import { DownloadLinks } from "./download-links.tsx";

/** Lists numbers, of which each read returns at most some. */
function numbers(count: number, perRead: number, asked: PageRequest[] = []) {
  return async (page: PageRequest): Promise<Page<number>> => {
    asked.push(page);
    const from = Number(page.after ?? 0);
    const to = Math.min(from + Math.min(page.limit, perRead), count);
    return {
      items: Array.from({ length: to - from }, (_, index) => from + index),
      next: to < count ? `${to}` : null,
    };
  };
}

describe("rows of a file", () => {
  test("are the whole list from the position of the page on", async () => {
    const { items, isComplete } = await firstRows(numbers(500, 200), { after: "100" });
    expect([items.length, items[0], isComplete]).toEqual([400, 100, true]);
  });

  test("end after a thousand, after five reads, and before a response is too large", async () => {
    const asked: PageRequest[] = [];
    const first = await firstRows(numbers(3_000, 700, asked), { after: null });
    expect([first.items.length, first.isComplete]).toEqual([1_000, false]);
    expect(asked.map(({ limit }) => limit)).toEqual([1_000, 300]);
    expect((await firstRows(numbers(3_000, 2), { after: null })).items).toHaveLength(10);
    const large = async () => ({ items: ["x".repeat(limits.pageBytes)], next: "more" });
    expect(await firstRows(large, { after: null })).toMatchObject({ items: [{}], isComplete: false });
  });
});

describe("a file", () => {
  const asked = (headers: Record<string, string> = {}) => ({ now: monday, headers: new Headers(headers) });
  const columns = [
    { heading: "Name", value: ({ name }: { name: string }) => name },
    { heading: "Wait", unit: "seconds", value: () => 90 },
    timeColumn("Created", () => monday),
    timeColumn("Resolved", () => null),
  ];

  test("has headings with units, and the values of the columns", async () => {
    const response = csvResponse("alerts", downloadOf(columns, allRows([{ name: "a,b" }])), asked());
    expect(response.headers.get("content-type")).toMatch(/^text\/csv; charset=utf-8/);
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="alerts-2026-11-23.csv"');
    expect(await response.text()).toBe(
      'Name,Wait (seconds),Created,Resolved\r\n"a,b",90,2026-11-23T10:00:00.000Z,\r\n',
    );
  });

  test("has a byte order mark for browsers, which accept compression", async () => {
    const download = downloadOf(columns, allRows([]));
    for (const [coding, decode] of [
      ["gzip", gunzipSync],
      ["br", brotliDecompressSync],
    ] as const) {
      const response = csvResponse("alerts", download, asked({ "accept-encoding": coding }));
      expect(response.headers.get("content-encoding")).toBe(coding);
      const bytes = decode(Buffer.from(await response.arrayBuffer()));
      expect(bytes.subarray(0, 7).toString()).toBe("\uFEFFName");
    }
  });

  test("says in its name that there are more rows", () => {
    const part = downloadOf(columns, { items: [{ name: "a" }], isComplete: false });
    expect(csvResponse("alerts", part, asked()).headers.get("content-disposition")).toContain(
      "alerts-2026-11-23-first-1.csv",
    );
  });

  test("is offered with the filter of the page", () => {
    const html = String(<DownloadLinks names={["audit-log"]} here="/settings/audit?kind=key&cursor=c" />);
    expect(html).toContain('href="/settings/audit?kind=key&amp;cursor=c&amp;csv=audit-log">Download CSV</a>');
    const without = ["month"];
    const known = String(
      <DownloadLinks names={["shifts"]} here="/on-call?month=5&from=a" without={without} />,
    );
    expect(known).toContain('href="/on-call?from=a&amp;csv=shifts"');
    const several = String(<DownloadLinks names={["days", "hours"]} here="/reports" />);
    expect(several).toContain('<a href="/reports?csv=hours">hours.csv</a>');
    expect(String(<DownloadLinks names={[]} here="/" />)).toBe("");
  });
});
