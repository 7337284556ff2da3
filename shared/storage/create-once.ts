import { AlreadyCreated, AlreadyExists } from "../domain/errors.ts";

/** Awaits the creation of an item with a secret. @throws AlreadyCreated if it exists */
export async function createOnce(id: string, creation: Promise<void>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    throw error instanceof AlreadyExists ? new AlreadyCreated(id) : error;
  }
}
