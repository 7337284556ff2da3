/** Runs once before the first test file of a run. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Creates a folder shared by all test files of a run, and deletes it at the end. */
export default function createRunFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "platform-run-"));
  process.env.TEST_RUN_FOLDER = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
}
