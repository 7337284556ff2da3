/** Runs before each test file of a worker that several share: its modules and environment are those of a new process. */
import { afterAll, vi } from "vitest";

const environment = { ...process.env };

// They are only evaluated again. Packages stay loaded.
vi.resetModules();

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
