import { StaleVersion } from "../domain/errors.ts";
import { type Condition, ConditionFailed } from "./table.ts";

/** Runs a conditional write. @throws StaleVersion if its condition fails */
export async function orStale(what: string, write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw error instanceof ConditionFailed ? new StaleVersion(`${what} was changed in the meantime`) : error;
  }
}

/** Returns a condition on the version. 0 matches both an item without a version and a missing item. */
export function isVersion(version: number): Condition {
  return { equals: { version: version === 0 ? undefined : version } };
}
