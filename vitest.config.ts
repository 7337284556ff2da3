import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Tests that hand events to functions: each gateway makes events of its own. */
const callsHandlers = globSync("{tests/integration,shared}/**/*.test.{ts,tsx}").filter((file) =>
  /support\/(lambda|site|door-world)\.ts/.test(readFileSync(file, "utf8")),
);

const setupFiles = ["tests/support/setup.ts"];

/** What needs the network, processes or disk is in `tests/`; everything else sits beside its file. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          setupFiles,
          include: ["{shared,infra,localstack,ci,monitoring,functions}/**/*.test.{ts,tsx}"],
          // Properties on two busy cores.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "integration",
          setupFiles,
          include: ["tests/integration/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "api-gateway",
          setupFiles,
          include: callsHandlers,
          env: { GATEWAY_EVENTS: "api-gateway" },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          setupFiles,
          include: ["tests/e2e/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["shared/**/*.{ts,tsx}"],
      exclude: ["**/*.test.{ts,tsx}"],
      thresholds: { lines: 90 },
    },
  },
});
