/**
 * Runs the embedded SQS in a separate process, because its synchronous SQLite calls would block the gateway.
 *
 * `node sqs-server.ts <port> <folder>`; ends with its parent.
 */
import { existsSync } from "node:fs";
import { Server } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { startFauxqs } from "fauxqs";
import { restrictToLoopback } from "../gateway/restrict-to-loopback.ts";
import { giveBackAbandonedReceives } from "./abandoned-receives.ts";
import { PersistenceManager, SqsQueue } from "./fauxqs-classes.ts";
import { fillBatches, returnInOrder } from "./fifo-batches.ts";
import { commitTogether } from "./group-commit.ts";

const [port, folder = ""] = process.argv.slice(2);

process.on("SIGTERM", () => process.exit(0)); // every write is committed before its response

// fauxqs listens on every interface. Restrict it to this machine.
const listen = Server.prototype.listen;
Server.prototype.listen = function (this: Server, options: object) {
  return listen.call(this, { ...options, host: "127.0.0.1" });
} as typeof listen;

restrictToLoopback([Number(port)]);
giveBackAbandonedReceives(Number(port));
fillBatches(SqsQueue);
returnInOrder(SqsQueue);
commitTogether(PersistenceManager);
releaseInFlight(join(folder, "fauxqs.db"));
await startFauxqs({ port: Number(port), dataDir: folder, logger: false });
process.send?.("ready");

/** Releases messages that were in flight when the last run ended, without counting that receive. */
function releaseInFlight(file: string): void {
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file);
  if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'sqs_messages'").get()) {
    database.exec(
      `UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL,
         approximate_receive_count = MAX(0, approximate_receive_count - 1) WHERE receipt_handle IS NOT NULL`,
    );
  }
  database.close();
}
