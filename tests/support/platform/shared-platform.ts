import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPlatform, type TestPlatform } from "./platform.ts";

/** A platform that no test stops. */
export type SharedPlatform = Omit<TestPlatform, "kill9" | "stop" | "restart">;

let started: Promise<TestPlatform> | undefined;

/**
 * Returns the platform that all test files of a worker share. It starts with the first of them and ends with the worker.
 * Files that stop it, change its settings or expect an empty one start their own.
 */
export function sharedPlatform(): Promise<SharedPlatform> {
  started ??= startPlatform({
    // The folder of a single test file is removed at its end.
    dataDir: mkdtempSync(join(process.env.TEST_RUN_FOLDER ?? tmpdir(), "shared-")),
    env: {
      TMPDIR: process.env.TEST_RUN_FOLDER ?? tmpdir(),
      // All files page the same few people.
      PAGES_PER_QUARTER_HOUR: "10000",
    },
  });
  return started;
}
