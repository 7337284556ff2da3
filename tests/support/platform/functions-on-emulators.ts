import { afterAll, beforeAll, vi } from "vitest";
import { startEmulators, type TestEmulators } from "./platform.ts";

/** Starts emulators for the functions that the tests of a file call, without their output. @returns what has started */
export function functionsOnEmulators(): () => TestEmulators {
  let emulators: TestEmulators;
  beforeAll(async () => {
    emulators = await startEmulators();
    Object.assign(process.env, emulators.env);
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await emulators.stop();
  });
  return () => emulators;
}
