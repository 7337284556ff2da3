/** Runs once before the first test file that uses `sharedEmulators`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulators } from "../../../localstack/emulators/emulators.ts";
import { freePorts } from "../platform/platform.ts";

/** Starts emulators for all test files of a run, and stops them at the end. */
export default async function startSharedEmulators(): Promise<() => Promise<void>> {
  // Another project of the run has started them.
  if (process.env.TEST_EMULATORS) return async () => {};
  const dataDir = mkdtempSync(join(tmpdir(), "platform-emulators-"));
  const emulators = await startEmulators({
    dataDir,
    emulatorPort: await freePorts(2),
    endpoint: undefined,
  });
  process.env.TEST_EMULATORS = JSON.stringify(emulators.env);
  return async () => {
    delete process.env.TEST_EMULATORS;
    await emulators.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
