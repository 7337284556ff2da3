/** Runs before each test file of a worker that several share: its environment and what modules keep are those of a new process. */
import { afterAll } from "vitest";
import { evaluateAgain } from "./evaluate-again.ts";

const environment = { ...process.env };

// Packages stay loaded, and all modules that keep nothing: state is in functions/ and shared/runtime.
evaluateAgain((id) => !/\/node_modules\/|\/shared\/(?!runtime\/)|\/infra\/build\//.test(id));

afterAll(() => {
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});
