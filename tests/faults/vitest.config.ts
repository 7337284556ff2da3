import { defineConfig } from "vitest/config";
import { reporters } from "../support/run/reporters.ts";

/**
 * `npm run test:faults`: fault injection into the running platform. Separate from `npm test`, because it
 * takes minutes.
 */
export default defineConfig({
  test: {
    name: "faults",
    reporters,
    root: `${import.meta.dirname}/../..`,
    globalSetup: "tests/support/run/global-setup.ts",
    setupFiles: ["tests/support/run/setup.ts"],
    include: ["tests/faults/**/*.test.ts"],
    testTimeout: 240_000,
    // Tests mostly wait for redeliveries.
    maxWorkers: 2,
    tags: [{ name: "short", description: "What .ci/run has time for." }],
  },
});
