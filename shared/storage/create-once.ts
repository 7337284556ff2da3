import { AlreadyCreated } from "../domain/errors.ts";
import { ConditionFailed } from "./table.ts";

/** Waits for a write that nothing may stand in the way of. @throws AlreadyCreated when something does */
export async function createOnce(id: string, write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw error instanceof ConditionFailed ? new AlreadyCreated(id) : error;
  }
}
