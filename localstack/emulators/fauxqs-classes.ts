/** Classes of fauxqs that its package doesn't export. Its version is pinned, and tests cover what relies on them. */
export { PersistenceManager } from "../../node_modules/fauxqs/dist/persistence.js";
export { SqsQueue } from "../../node_modules/fauxqs/dist/sqs/sqsStore.js";
