import { afterEach, beforeEach, type MockInstance, vi } from "vitest";

/** Makes the random waits between tries after a conflict as short as they can be, in all tests of a file. */
export function retryAtOnce(): void {
  let random: MockInstance<() => number> | undefined;
  beforeEach(() => {
    random = vi.spyOn(Math, "random").mockReturnValue(0);
  });
  afterEach(() => random?.mockRestore());
}
