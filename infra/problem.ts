/** An error that the user can fix: printed without a stack, exit code 1. */
export class Problem extends Error {}

export function exitOnProblem(error: unknown): never {
  console.error(error instanceof Problem ? error.message : error);
  process.exit(1);
}
