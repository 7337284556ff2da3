/** Runs before each test file. Hooks of the file itself come after it, so theirs end before these. */
import { afterAll, vi } from "vitest";
import { collectTemporaryFolders } from "./scratch.ts";

// Vitest turns the compile cache off where it measures coverage. Processes that tests start are not measured.
delete process.env.NODE_DISABLE_COMPILE_CACHE;

afterAll(collectTemporaryFolders());

// Files of one worker may share its modules and globals.
afterAll(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});
