/** Classes of fauxqs that its package doesn't export. Its version is pinned, and tests cover what relies on them. */
import type { BuildAppOptions } from "fauxqs";

export type SqsQueue = ReturnType<NonNullable<BuildAppOptions["stores"]>["sqsStore"]["createQueue"]>;
type Persistence = NonNullable<SqsQueue["persistence"]>;

export const { SqsQueue } = await load<{ SqsQueue: { prototype: SqsQueue } }>("sqs/sqsStore.js");
export const { PersistenceManager } = await load<{ PersistenceManager: { prototype: Persistence } }>(
  "persistence.js",
);

function load<T>(file: string): Promise<T> {
  return import(new URL(file, import.meta.resolve("fauxqs")).href);
}
