/**
 * Isolates providers from each other: each destination has a limit on concurrent sends in this process. A
 * destination that did not respond gets one message at a time until it does.
 */
import { TemporaryFailure } from "../domain/notifications/delivery.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { Unreachable } from "../outbound/unreachable.ts";
import type { Channel } from "./channel-type.ts";

export interface BulkheadOptions {
  /** Maximum concurrent sends to one destination. */
  readonly limit: number;
  /** Maximum time that a message waits for its turn. */
  readonly waitMs: number;
  /** Schedules a call and returns a function that cancels it. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}

interface Destination {
  underWay: number;
  /** Waiting messages, first come, first served. */
  waiting: ((turn: boolean) => void)[];
  /** True if it did not respond the last time. */
  suspect: boolean;
}

/**
 * Wraps a channel. A message that gets no turn fails temporarily, which counts as an attempt. During a
 * provider outage, messages thus eventually use another contact method.
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
      const callOff = options.after(options.waitMs, () => {
        destination.waiting = destination.waiting.filter((other) => other !== take);
        resolve(false);
      });
      destination.waiting.push(take);
    });
  }

  /** Passes the slot on. While a destination is suspect, no one waits for it. */
  function leave(destination: Destination): void {
    if (destination.suspect) {
      for (const take of destination.waiting.splice(0)) take(false);
    }
    const next = destination.waiting.shift();
    if (next) next(true);
    else destination.underWay -= 1;
  }

  return {
    ...channel,
    async deliver(message) {
      const name = channel.destinationOf?.(message) ?? hostOf(message);
      const destination = destinations.get(name) ?? { underWay: 0, waiting: [], suspect: false };
      destinations.set(name, destination);
      if (!(await enter(destination))) {
        throw new TemporaryFailure("not tried: the provider is busy or did not respond recently");
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

/** Returns the host of a URL. All other addresses of a channel share one provider. */
function hostOf({ notification: { address } }: OutgoingMessage): string {
  return URL.canParse(address) ? new URL(address).host : "";
}
