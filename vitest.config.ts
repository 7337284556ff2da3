import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/run/longest-first.ts";

/** Tests that invoke functions with gateway events, run once per event format. */
const callsHandlers = globSync("{tests/integration,shared}/**/*.test.{ts,tsx}").filter((file) =>
  /support\/(functions\/(lambda|site)|memory\/integration-system)\.ts/.test(readFileSync(file, "utf8")),
);

const common = {
  setupFiles: ["tests/support/run/setup.ts"],
  testTimeout: 60_000,
  // The start of a platform on a busy machine.
  hookTimeout: 120_000,
};

const { TEST_REPORTS } = process.env;

/** Test files of one worker share its process and the emulators, not modules and environment. */
const withEmulators = {
  ...common,
  isolate: false,
  globalSetup: "tests/support/run/emulators.ts",
  setupFiles: [...common.setupFiles, "tests/support/run/fresh-modules.ts"],
  sequence: { setupFiles: "list" as const },
};

/** Tests that need network, processes or disk are in `tests/`. All others are next to their source. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    // A run writes one report into the folder.
    ...(TEST_REPORTS && {
      reporters: ["default", ["json", { outputFile: join(TEST_REPORTS, `${process.pid}.json`) }]],
    }),
    globalSetup: "tests/support/run/global-setup.ts",
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...common,
          name: "unit",
          include: ["{shared,infra,localstack,ci,monitoring,functions}/**/*.test.{ts,tsx}"],
          isolate: false,
        },
      },
      {
        test: {
          ...withEmulators,
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
        },
      },
      {
        test: {
          ...withEmulators,
          name: "api-gateway",
          include: callsHandlers,
          env: { GATEWAY_EVENTS: "api-gateway" },
        },
      },
      {
        test: {
          ...common,
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          // Files of one worker share its platform and browser.
          isolate: false,
          // Half of the time of a file is waiting, for which two workers would leave a core idle.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
        },
      },
    ],
    // Of the unit tests, which are most of what covers shared/.
    coverage: {
      provider: "v8",
      include: ["shared/**/*.{ts,tsx}"],
      exclude: ["**/*.test.{ts,tsx}"],
      thresholds: { lines: 90 },
    },
  },
});
