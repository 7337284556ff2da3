/**
 * Keeps a provider that is down or slow from taking the place of all others: each destination has so many sends under
 * way in this process, and one that gave no answer is asked by one message at a time until it does.
 */
import { TemporaryFailure } from "../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { Unreachable } from "../outbound/unreachable.ts";
import type { Channel } from "./channel-type.ts";

export interface BulkheadOptions {
  /** Sends under way at a time, to one destination. */
  readonly limit: number;
  /** How long a message waits for its turn. */
  readonly patienceMs: number;
  /** Runs something later; returns what calls that off. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

interface Destination {
  underWay: number;
  /** Those who wait for a turn, first come first served. */
  waiting: ((turn: boolean) => void)[];
  /** Whether it gave no answer the last time. */
  suspect: boolean;
}

/**
 * The channel itself, but that a message whose turn doesn't come has failed for now. That counts as an attempt: while a
 * provider is away, its messages are to reach their people by another way in the end.
 */
export function bulkhead(channel: Channel, options: BulkheadOptions): Channel {
  const destinations = new Map<string, Destination>();

  function enter(destination: Destination): boolean | Promise<boolean> {
    const hasRoom = destination.underWay < (destination.suspect ? 1 : options.limit);
    if (hasRoom) destination.underWay += 1;
    return hasRoom || (!destination.suspect && turnOf(destination));
  }

  function turnOf(destination: Destination): Promise<boolean> {
    return new Promise((resolve) => {
      const take = (turn: boolean) => {
        callOff();
        resolve(turn);
      };
      const callOff = options.after(options.patienceMs, () => {
        destination.waiting = destination.waiting.filter((other) => other !== take);
        resolve(false);
      });
      destination.waiting.push(take);
    });
  }

  /** Hands the place on; while nothing is known to work, nobody waits for it. */
  function leave(destination: Destination): void {
    if (destination.suspect) {
      for (const take of destination.waiting.splice(0)) take(false);
    }
    const next = destination.waiting.shift();
    if (next) next(true);
    else destination.underWay -= 1;
  }

  return {
    async deliver(message) {
      const name = destinationOf(message);
      const destination = destinations.get(name) ?? { underWay: 0, waiting: [], suspect: false };
      destinations.set(name, destination);
      if (!(await enter(destination))) {
        throw new TemporaryFailure("not tried: the provider is busy or gave no answer just now");
      }
      try {
        const result = await channel.deliver(message);
        destination.suspect = false;
        return result;
      } catch (error) {
        destination.suspect = error instanceof Unreachable;
        throw error;
      } finally {
        leave(destination);
        if (destination.underWay === 0 && !destination.suspect) destinations.delete(name);
      }
    },
  };
}

/** The host of a URL; all other addresses of a channel have one provider. */
function destinationOf({ notification: { address } }: OutgoingMessage): string {
  return URL.canParse(address) ? new URL(address).host : "";
}
