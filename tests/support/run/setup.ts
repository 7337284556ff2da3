/** Runs before each test file. Its hooks end after those of the file. */
import { resolve } from "node:path";
import { afterAll, vi } from "vitest";
import { collectTemporaryFolders } from "./temporary-folders.ts";

// Vitest disables the compile cache when it measures coverage. Child processes are not measured.
delete process.env.NODE_DISABLE_COMPILE_CACHE;
process.env.NODE_COMPILE_CACHE ??= resolve("node_modules/.cache/local-platform");

afterAll(collectTemporaryFolders());

// Files of one worker may share modules and globals.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
