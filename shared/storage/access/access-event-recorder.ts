import { sha256 } from "../../crypto/sha256.ts";
import type { AccessEvent } from "../../domain/access/audit.ts";
import { limits } from "../../domain/limits.ts";
import { minuteMs } from "../../domain/time-units.ts";
import type { RecordAccessEvent } from "../../use-cases/ports/audit.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import { ConditionFailed, type Table } from "../table.ts";
import { type Journal, writeJournaled } from "./audit-journal.ts";

/** Values as this execution environment knows them. */
interface CachedNumbers {
  get(name: string): number | undefined;
  put(name: string, value: number): void;
}

export interface RecordedNumbers {
  /** Next slots, kept for a minute. */
  readonly nextSlots: CachedNumbers;
  /** Numbers of events that were left out, kept for an hour. */
  readonly leftOut: CachedNumbers;
}

/**
 * Records events in numbered slots: an actor has a few for each kind of event and minute. The slot is an item that must
 * not exist, so all execution environments together use each only once. One that has used up its slots writes no more. It
 * adds the number of those that it left out to the next entry.
 */
export function accessEventRecorder(
  table: Table,
  journal: Journal,
  { nextSlots, leftOut }: RecordedNumbers,
): RecordAccessEvent {
  return async (event) => {
    const minute = Math.floor(journal.clock() / minuteMs) * minuteMs;
    const name = bucketOf(event, journal.currentActor().ipAddress);
    const counted = `${minute} ${name}`;
    const left = leftOut.get(name) ?? 0;
    const entry = left === 0 ? event : { ...event, after: { ...event.after, left_out: left } };
    for (let slot = nextSlots.get(counted) ?? 0; slot < limits.accessEventsPerMinute; slot += 1) {
      nextSlots.put(counted, slot + 1);
      const item = { ...keys.auditSlot(name, minute, slot), expiresAt: expiryAfter(minute, 120) };
      try {
        await writeJournaled(table, journal, [{ item, condition: { absent: true } }], [entry]);
        leftOut.put(name, (leftOut.get(name) ?? 0) - left);
        return true;
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
      }
    }
    leftOut.put(name, (leftOut.get(name) ?? 0) + 1);
    return false;
  };
}

/** Strangers share this many buckets, so that their failures fill the table slowly, and hide few of someone else's. */
const bucketsOfStrangers = 64;

/** Returns the bucket of an event: that of its actor, or of the network that a stranger's request came from. */
function bucketOf({ event, by: { actor, actorKind, subject } }: AccessEvent, address: string | null): string {
  if (actor !== null || subject !== null) return JSON.stringify([event, actorKind, actor, subject]);
  // The first 64 bits of an IPv6 address belong to one subscriber.
  const network = (address ?? "").split(":", 4).join(":");
  return JSON.stringify([event, Number.parseInt(sha256(network).slice(0, 8), 16) % bucketsOfStrangers]);
}
