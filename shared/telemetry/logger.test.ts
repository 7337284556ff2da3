import { describe, expect, test } from "vitest";
import { monday } from "../../tests/support/builders.ts";
import { withContext } from "./context.ts";
import { createLog, type LogLevel } from "./logger.ts";

function aLog(level: LogLevel = "info") {
  const lines: string[] = [];
  return {
    log: createLog(
      level,
      (line) => lines.push(line),
      () => monday,
    ),
    lines,
  };
}

describe("a log", () => {
  test("is one JSON object a line, with the fields that it is given", () => {
    const { log, lines } = aLog();
    log.info("request", { status: 200, text: "a\nb" });
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain("\n");
    expect(JSON.parse(lines[0] ?? "")).toEqual({
      level: "info",
      time: new Date(monday).toISOString(),
      message: "request",
      status: 200,
      text: "a\nb",
    });
  });

  test("has what the work at hand belongs to in every line, however deep", async () => {
    const { log, lines } = aLog();
    await withContext({ traceparent: "", fields: { request_id: "r1", trace_id: "t1" } }, async () => {
      await Promise.resolve();
      log.info("inside", { trace_id: "own" });
    });
    log.info("outside");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { message: "inside", request_id: "r1", trace_id: "own" },
      { message: "outside" },
    ]);
    expect(lines[1]).not.toContain("request_id");
  });

  test("logs errors with their stack and cause", () => {
    const { log, lines } = aLog();
    log.error("failed", { error: new TypeError("outer", { cause: new Error("inner") }) });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "error",
      error: {
        name: "TypeError",
        message: "outer",
        stack: expect.stringContaining("logger.test"),
        cause: { name: "Error", message: "inner" },
      },
    });
  });

  test.each([
    { level: "debug", logged: ["info", "warn", "error"] },
    { level: "info", logged: ["info", "warn", "error"] },
    { level: "warn", logged: ["warn", "error"] },
    { level: "error", logged: ["error"] },
  ] as const)("of level $level logs $logged", ({ level, logged }) => {
    const { log, lines } = aLog(level);
    log.info("a");
    log.warn("a");
    log.error("a");
    expect(lines.map((line) => JSON.parse(line).level)).toEqual(logged);
  });
});
