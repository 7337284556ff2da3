import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/run/longest-first.ts";
import { reporters } from "./tests/support/run/reporters.ts";
import { functionTests, unitTests } from "./tests/support/run/unit-tests.ts";

/** Tests that invoke functions with gateway events, run once per event format. */
const callsHandlers = globSync("{tests/integration,shared}/**/*.test.{ts,tsx}").filter(
  (file) =>
    // Its calls are few, and the bundles take long to build.
    !file.endsWith("/deployed-bundles.test.ts") &&
    /support\/(functions\/(lambda|site)|memory\/integration-system)\.ts/.test(readFileSync(file, "utf8")),
);

const common = {
  setupFiles: ["tests/support/run/setup.ts"],
  // Several starts of a platform, or one, on a busy machine.
  testTimeout: 120_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: 15_000 } },
  // Test files wait for about half of their time, so that four of them keep two cores busy.
  maxWorkers: 4,
  // Fewer garbage collections: what a test creates, it soon forgets.
  execArgv: ["--max-semi-space-size=32"],
};

const inMemory = {
  ...common,
  // Three workers have the memory for even fewer collections, which saves a second.
  execArgv: ["--max-semi-space-size=128"],
  // These tests hardly wait, and each worker loads their modules anew. Projects of one group share a number.
  maxWorkers: 3,
  sequence: { groupOrder: 1 },
  // Files of one worker share its modules, but for those that keep something.
  isolate: false,
  setupFiles: [...common.setupFiles, "tests/support/run/fresh-functions.ts"],
};

/** Test files of one worker share its process and the emulators, not modules and environment. */
const withEmulators = {
  ...common,
  isolate: false,
  globalSetup: "tests/support/run/emulators.ts",
  setupFiles: [
    ...common.setupFiles,
    "tests/support/run/fresh-modules.ts",
    "tests/support/run/unsigned-requests.ts",
  ],
  sequence: { setupFiles: "list" as const },
};

/** Tests that need network, processes or disk are in `tests/`. All others are next to their source. */
export default defineConfig({
  test: {
    reporters,
    globalSetup: "tests/support/run/global-setup.ts",
    sequence: { sequencer: LongestFirst },
    // All projects, and later runs, share the transformed modules.
    experimental: { fsModuleCache: true, fsModuleCachePath: "node_modules/.cache/test-modules" },
    projects: [
      {
        test: {
          ...inMemory,
          name: "unit",
          include: [unitTests],
        },
      },
      {
        test: {
          ...inMemory,
          name: "functions",
          include: [functionTests],
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
          // Only tests of metrics start the exporter, which is a sixth of a start.
          env: { EXPORTER: "off" },
          // Chromium sometimes loses a renderer on a busy machine. Other failures count at once.
          retry: { count: 1, condition: /(Page|Target) crashed/ },
        },
      },
    ],
    // Of unit tests and of tests that call every function, which together cover most of shared/.
    coverage: {
      provider: "custom",
      customProviderModule: "tests/support/run/coverage.ts",
      include: ["shared/**/*.{ts,tsx}"],
      exclude: ["**/*.test.{ts,tsx}"],
      thresholds: { lines: 90 },
    },
  },
});
