/** The benchmark's command with parts that need no platform, each in a process of its own. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { benchCommand } from "../bench/bench-command.ts";
import { measureParts } from "../bench/measure-parts.ts";
import { temporaryFolder } from "../support/platform/platform.ts";

const partsFile = resolve(import.meta.dirname, "../fixtures/bench-parts.ts");
const resultFile = join(temporaryFolder(), "results/bench.json");

let printed: string[];
let warned: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((text) => printed.push(text));
  warned = [];
  vi.spyOn(console, "error").mockImplementation((text) => warned.push(text));
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => vi.restoreAllMocks());

const bench = async (...args: string[]) =>
  (await benchCommand({ partsFile, resultFile })).exitOverride().parseAsync(args, { from: "user" });
const output = () => printed.join("\n");
const result = () => JSON.parse(readFileSync(resultFile, "utf8"));

describe("npm run bench", () => {
  test("names the parts that fail, and measures the others", async () => {
    await expect(bench("--only", "broken,good,silent,large")).rejects.toThrow(
      /^Part broken failed\.\nPart silent failed\.$/,
    );
    expect(output()).toMatch(/Part broken failed\..*reads.*Part silent failed\..*writes/s);
    expect(result().failures).toEqual(["broken", "silent"]);
    expect(Object.keys(result().durations)).toEqual(["broken", "good", "silent", "large"]);
    expect(result().rows.map(({ what }: { what: string }) => what)).toEqual(["reads", "slow", "writes"]);
  });

  test("ends a part that hangs", async () => {
    const size = { quick: true, incidents: 1 };
    const names = ["hanging", "good"];
    const { rows, failures } = await measureParts({ file: partsFile, names, size, limitMs: 2_000 });
    expect(failures).toEqual(["hanging"]);
    expect(rows).toHaveLength(2);
  });

  test("passes the size to the parts and runs them in the project's folder", async () => {
    await bench("--only", "size", "--quick");
    expect(result().rows[0]).toMatchObject({ what: "quick true", value: 2_000 });
    expect(result().rows[1].text).toBe(resolve(import.meta.dirname, "../.."));
    await bench("--only", "size", "--incidents", "7");
    expect(result().rows[0]).toMatchObject({ what: "quick false", value: 7 });
  });

  test("prints a row with its aim, and how many aims are met", async () => {
    await bench("--only", "good");
    expect(output()).toMatch(/reads +3 units +✓ ≤ 4\n +slow +90 ms +✗ ≤ 40/);
    expect(output()).toContain("Met 1 aims, missed 1.");
  });

  test("rejects an unknown part", async () => {
    await expect(bench("--only", "good,best")).rejects.toThrow("unknown parts: best");
    await expect(bench("--incidents", "abc")).rejects.toThrow("Use a whole number above 0.");
  });
});

test("--json prints the results and nothing else", async () => {
  await bench("--only", "talkative,good", "--json");
  const written = result();
  expect(JSON.parse(output())).toEqual(written);
  expect(written).toMatchObject({ quick: false, failures: [], machine: { node: process.version } });
  expect(written.rows).toContainEqual({
    section: "Figures",
    what: "reads",
    value: 3,
    unit: "units",
    aim: { most: 4 },
  });
});

describe("--budgets", () => {
  test("fails for a count over its budget, and not for a time", async () => {
    await bench("--only", "good", "--budgets");
    await expect(bench("--only", "good,large", "--budgets")).rejects.toThrow(
      /^Over its budget: Figures: writes: 5 units, ≤ 4$/,
    );
    await bench("--only", "large");
  });

  test("fails for a count without a budget", async () => {
    await expect(bench("--only", "unlimited", "--budgets")).rejects.toThrow(
      /^Without a budget: Figures: requests$/,
    );
  });
});

describe("--against", () => {
  /** Writes the results of an earlier run. */
  const earlier = async (change: (report: ReturnType<typeof result>) => object) => {
    await bench("--only", "good");
    const file = join(temporaryFolder(), "earlier.json");
    writeFileSync(file, JSON.stringify(change(result())));
    printed = [];
    return file;
  };
  const withReads = (value: number | null) => (report: ReturnType<typeof result>) => ({
    ...report,
    rows: [{ ...report.rows[0], value }],
  });

  test("prints the ratio to the same row, and which rows are new", async () => {
    await bench("--only", "good", "--against", await earlier(withReads(6)));
    expect(warned).toEqual([]);
    expect(output()).toMatch(/reads +3 units +0\.5 × 6 /);
    expect(output()).toMatch(/slow +90 ms +new /);
  });

  test("prints ratios as JSON too, and writes none into the results", async () => {
    await bench("--only", "good", "--json", "--against", await earlier(withReads(2)));
    expect(JSON.parse(output()).rows[0].beside).toBe("1.5 × 2");
    expect(result().rows[0]).not.toHaveProperty("beside");
  });

  test.each([
    [0, /was 0/],
    [null, /new/],
  ])("prints no ratio to %s", async (value, text) => {
    await bench("--only", "good", "--against", await earlier(withReads(value)));
    expect(output()).toMatch(text);
  });

  test("warns if the earlier run was of another length or on another machine", async () => {
    const file = await earlier((report) => ({
      ...report,
      machine: { ...report.machine, cpus: 128 },
    }));
    await bench("--only", "good", "--quick", "--against", file);
    expect(warned).toEqual([
      expect.stringContaining("another length"),
      expect.stringMatching(/another machine or Node: .*128/),
    ]);
  });

  test.each(["{}", "none"])("rejects a file with %s", async (text) => {
    const file = await earlier(() => ({}));
    writeFileSync(file, text);
    await expect(bench("--only", "good", "--against", file)).rejects.toThrow(
      `${file} is not a result of this command`,
    );
  });
});
