import { AlreadyCreated } from "../domain/errors.ts";
import { ConditionFailed } from "./table.ts";

/** Awaits a write that requires the item not to exist. @throws AlreadyCreated if it does */
export async function createOnce(id: string, write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    throw error instanceof ConditionFailed ? new AlreadyCreated(id) : error;
  }
}
