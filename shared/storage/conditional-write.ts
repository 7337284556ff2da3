import { StaleVersion } from "../domain/errors.ts";
import { ConditionFailed } from "./table.ts";

/** Awaits a conditional write of several entities. @throws StaleVersion if a condition fails */
export async function orStale(what: string, write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw error instanceof ConditionFailed ? new StaleVersion(`${what} was changed in the meantime`) : error;
  }
}

/** For `catch`: accepts that a condition failed. */
export function ignoreFailedCondition(error: unknown): void {
  if (!(error instanceof ConditionFailed)) throw error;
}
