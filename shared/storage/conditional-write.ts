import { StaleVersion } from "../domain/errors.ts";
import { type Condition, ConditionFailed } from "./table.ts";

/** Runs a conditional write. @throws StaleVersion when its condition does not hold */
export async function orStale(what: string, write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw error instanceof ConditionFailed ? new StaleVersion(`${what} was changed meanwhile`) : error;
  }
}

/** Returns the condition of an item whose first version may be stored without one; 0 stands for that, and for none. */
export function isVersion(version: number): Condition {
  return { equals: { version: version === 0 ? undefined : version } };
}
