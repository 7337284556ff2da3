/**
 * Stores what the embedded SQS writes in one turn of the event loop in one transaction, and sends responses after its
 * commit. fauxqs commits each statement by itself: two for a message sent, ten for a batch deleted.
 */
import { subscribe } from "node:diagnostics_channel";
import type { ServerResponse } from "node:http";
import type { DatabaseSync } from "node:sqlite";
import type { PersistenceManager } from "./fauxqs-classes.ts";

const SQLITE_CONSTRAINT = 19;

export function commitTogether({ prototype }: typeof PersistenceManager): void {
  let database: DatabaseSync | undefined;
  const unsent: (() => void)[] = [];

  for (const name of Object.getOwnPropertyNames(prototype).filter((name) =>
    /^(insert|update|delete)/.test(name),
  )) {
    const write = Reflect.get(prototype, name) as (...args: unknown[]) => void;
    Reflect.set(prototype, name, function (this: { readonly db: DatabaseSync }, ...args: unknown[]) {
      const run = () => {
        if (!this.db.isTransaction) begin(this.db);
        write.apply(this, args);
      };
      // fauxqs has a change that its own schema refuses, and answers with the error.
      attempt(run, name === "updateMessageReady");
    });
  }

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
    db.exec("BEGIN");
    database = db;
    setImmediate(flush);
  }

  function flush(): void {
    attempt(() => database?.exec("COMMIT"));
    database = undefined;
    for (const send of unsent.splice(0)) send();
  }
}

/**
 * Ends the process if the disk is full. It would otherwise treat the sender's retry as a duplicate. After a restart,
 * it knows only stored messages.
 *
 * @param mayBeRefused true if a violated constraint is an error for the client
 */
function attempt(write: () => void, mayBeRefused = false): void {
  try {
    write();
  } catch (error) {
    if (mayBeRefused && primaryCode(error) === SQLITE_CONSTRAINT) throw error;
    console.error("Messages could not be stored. Restarting the emulator.", error);
    process.exit(1);
  }
}

/** Returns the primary result code of SQLite. The error has an extended one, whose low byte it is. */
function primaryCode(error: unknown): number {
  return ((error as { errcode?: number }).errcode ?? 0) & 0xff;
}
