import { afterAll, beforeAll, vi } from "vitest";
import { type SharedEmulators, sharedEmulators } from "./shared-emulators.ts";

/** Gives the functions that the tests of a file call a table and queues, and suppresses their output. @returns the emulators */
export function functionsOnEmulators(): () => SharedEmulators {
  let emulators: SharedEmulators;
  beforeAll(async () => {
    emulators = await sharedEmulators();
    Object.assign(process.env, emulators.env);
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
  });
  afterAll(async () => {
    vi.restoreAllMocks();
    await emulators.stop();
  });
  return () => emulators;
}
