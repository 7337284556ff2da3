/**
 * Stores what the embedded SQS writes in one turn of the event loop in one transaction, and sends responses after its
 * commit. fauxqs commits each statement by itself: two for a message sent, ten for a batch deleted.
 *
 * Only a new message has to reach the disk before the response. After a power failure, a deleted message may be
 * delivered once more, as SQS may do at any time.
 */
import { subscribe } from "node:diagnostics_channel";
import { fdatasyncSync, openSync } from "node:fs";
import type { ServerResponse } from "node:http";
import type { DatabaseSync } from "node:sqlite";
import type { PersistenceManager } from "./fauxqs-classes.ts";

export function commitTogether({ prototype }: typeof PersistenceManager): void {
  let database: DatabaseSync | undefined;
  /** True if the current transaction contains a new message. */
  let mustLast = false;
  let walFile: number | undefined;
  const unsent: (() => void)[] = [];

  for (const name of Object.getOwnPropertyNames(prototype).filter((name) =>
    /^(insert|update|delete)/.test(name),
  )) {
    const write = Reflect.get(prototype, name) as (...args: unknown[]) => void;
    Reflect.set(prototype, name, function (this: { readonly db: DatabaseSync }, ...args: unknown[]) {
      attempt(() => {
        if (!this.db.isTransaction) begin(this.db);
        write.apply(this, args);
        mustLast ||= name.startsWith("insert");
      });
    });
  }

  // A restart makes received messages visible again without counting that receive, so the first one leaves no trace.
  const { updateMessageInflight } = prototype;
  prototype.updateMessageInflight = function (...change) {
    const [, , , receiveCount] = change;
    if (receiveCount > 1) updateMessageInflight.apply(this, change);
  };

  subscribe("http.server.request.start", (message) => {
    const { response } = message as { response: ServerResponse };
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    response.end = ((...args: unknown[]) => {
      if (database) unsent.push(() => end(...args));
      else end(...args);
      return response;
    }) as typeof response.end;
  });

  function begin(db: DatabaseSync): void {
    // A commit reaches the operating system, which is enough if only this process ends.
    db.exec("PRAGMA synchronous = NORMAL; BEGIN");
    database = db;
    setImmediate(flush);
  }

  function flush(): void {
    attempt(() => {
      database?.exec("COMMIT");
      if (!mustLast) return;
      walFile ??= openSync(`${database?.location()}-wal`, "r");
      fdatasyncSync(walFile);
    });
    database = undefined;
    mustLast = false;
    for (const send of unsent.splice(0)) send();
  }
}

/**
 * Ends the process if the disk is full. It would otherwise treat the sender's retry as a duplicate. After a restart,
 * it knows only stored messages.
 */
function attempt(write: () => void): void {
  try {
    write();
  } catch (error) {
    console.error("Messages could not be stored. Restarting the emulator.", error);
    process.exit(1);
  }
}
