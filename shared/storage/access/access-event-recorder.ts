import { limits } from "../../domain/limits.ts";
import type { RecordAccessEvent } from "../../use-cases/ports/audit.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import { ConditionFailed, type Table } from "../table.ts";
import { type Journal, writeJournaled } from "./audit-journal.ts";

const minuteMs = 60_000;

/** Next slots as this execution environment knows them, kept for a minute. */
export interface CachedSlots {
  get(name: string): number | undefined;
  put(name: string, slot: number): void;
}

/**
 * Records events in numbered slots: an actor has a few for each kind of event and minute. The slot is an item that must
 * not exist, so all execution environments together use each only once. One that has used up its slots writes no more.
 */
export function accessEventRecorder(
  table: Table,
  journal: Journal,
  nextSlots: CachedSlots,
): RecordAccessEvent {
  return async (event) => {
    const { actor, actorKind, subject } = event.by;
    const minute = Math.floor(journal.clock() / minuteMs) * minuteMs;
    const name = JSON.stringify([event.event, actorKind, actor, subject]);
    const counted = `${minute} ${name}`;
    for (let slot = nextSlots.get(counted) ?? 0; slot < limits.accessEventsPerMinute; slot += 1) {
      nextSlots.put(counted, slot + 1);
      const item = { ...keys.auditSlot(name, minute, slot), expiresAt: expiryAfter(minute, 120) };
      try {
        await writeJournaled(table, journal, [{ item, condition: { absent: true } }], [event]);
        return true;
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
      }
    }
    return false;
  };
}
