import { defineConfig } from "vitest/config";

/** `npm run test:faults`: the platform as it is started, under faults. Apart from `npm test`, for it takes minutes. */
export default defineConfig({
  test: {
    name: "faults",
    root: `${import.meta.dirname}/../..`,
    setupFiles: ["tests/support/setup.ts"],
    include: ["tests/faults/**/*.test.ts"],
    testTimeout: 240_000,
    // Most of the time they wait for what was in flight to come again.
    maxWorkers: 2,
    tags: [{ name: "short", description: "What .ci/run has time for." }],
  },
});
