/** Shifts as calendar entries. An entry keeps its UID when the person on call changes. */

import { sha256 } from "../crypto/sha256.ts";
import { type OnCall, onCallAt, type ScheduleHistory } from "../domain/oncall/on-call.ts";
import { overlaps } from "../domain/oncall/override.ts";
import { type OnCallRole, type Override, onCallRoles, type Schedule } from "../domain/oncall/schedule.ts";
import type { Person } from "../domain/person.ts";
import { formatBasicInstant } from "../domain/time.ts";

/** A person on call in [start, end), within one slot of a layer. Times are epoch milliseconds. */
export interface CalendarShift {
  /** UID of the slot, not of the person, so an override keeps it. Later parts of a slot add their start. */
  readonly uid: string;
  /**
   * Sequence number (RFC 5545 3.8.7.4), which increases with every change: seconds since the creation of the
   * schedule.
   */
  readonly sequence: number;
  readonly changedAt: number;
  readonly role: OnCallRole;
  readonly person: Person;
  /** Override that made the person on call; undefined for a regular turn. */
  readonly override: Override | undefined;
  readonly start: number;
  readonly end: number;
}

export interface CalendarSource {
  readonly schedule: Schedule;
  readonly history: ScheduleHistory;
  readonly overridesEndedAt: number | null;
  readonly from: number;
  readonly to: number;
}

/** More shifts than hourly rotations create in the range of the feed. People do not read further ones. */
const mostShiftsOfRole = 5_000;
const mostOverlaps = 100;

/** Returns the complete shifts that overlap [from, to), by start. */
export function calendarShifts(source: CalendarSource): CalendarShift[] {
  return onCallRoles
    .flatMap((role) => shiftsOfRole(source, role))
    .toSorted((a, b) => a.start - b.start || (a.uid < b.uid ? -1 : 1));
}

function shiftsOfRole(source: CalendarSource, role: OnCallRole): CalendarShift[] {
  const { history, from, to } = source;
  const shifts: CalendarShift[] = [];
  for (let start = beginning(history, role, from); start < to && shifts.length < mostShiftsOfRole; ) {
    const { slot, actual, end } = pieceAt(history, role, start);
    if (actual.person && end > from) {
      const changedAt = changeOf(source, role, slot, start);
      shifts.push({
        uid: uidOf(source.schedule, role, slot, actual, start),
        sequence: Math.ceil((changedAt - source.schedule.createdAt) / 1_000),
        changedAt,
        role,
        person: actual.person,
        override: history.overrides.find(({ id }) => id === actual.by),
        start,
        end,
      });
    }
    start = end;
  }
  return shifts;
}

/**
 * Returns the scheduled and the actual person on call at a time, and the times of the next and previous
 * change.
 */
function pieceAt(history: ScheduleHistory, role: OnCallRole, at: number) {
  const slot = onCallAt({ ...history, overrides: [] }, role, at);
  const actual = onCallAt(history, role, at);
  return {
    slot,
    actual,
    start: Math.max(slot.start, actual.start),
    end: Math.min(slot.end, actual.end),
  };
}

/** Returns the start of the shift around a time, so that shifts are split the same on every request. */
function beginning(history: ScheduleHistory, role: OnCallRole, at: number): number {
  let start = at;
  // Steps back through overlapping restrictions one by one.
  for (let steps = 0; steps < mostOverlaps; steps += 1) {
    const before = pieceAt(history, role, start).start;
    if (before === start || !Number.isFinite(before)) break;
    start = before;
  }
  return start;
}

function uidOf({ id }: Schedule, role: OnCallRole, slot: OnCall, actual: OnCall, start: number): string {
  // Without a scheduled person, the override defines the slot.
  const layer = slot.by !== null ? digest(slot.by) : actualName(actual);
  const part = slot.by === null || slot.start === start ? [] : [formatBasicInstant(start)];
  const name = [id, role, layer, formatBasicInstant(slot.by === null ? start : slot.start), ...part];
  return `${name.join("-")}@incident-platform`;
}

/** An override's ID is safe in a UID, a layer's name is not. */
function actualName({ kind, by }: OnCall): string {
  return kind === "override" ? `${by}` : digest(`${by}`);
}

/** Returns the time of the last decision about the person in a slot. */
function changeOf(
  { schedule, history, overridesEndedAt }: CalendarSource,
  role: OnCallRole,
  slot: OnCall,
  at: number,
) {
  const since = history.schedules.findLast(
    ({ inForceFrom }) => (inForceFrom ?? -Infinity) <= at,
  )?.inForceFrom;
  // A change of the schedule ends the current slot.
  const cut = history.schedules.find(({ inForceFrom }) => inForceFrom === slot.end)?.inForceFrom;
  const overridden = history.overrides
    .filter((override) => overlaps(override, slot))
    // A derived secondary changes with the primary.
    .filter((override) => override.role === role || role === "secondary")
    .map(({ createdAt }) => createdAt);
  return Math.max(since ?? schedule.createdAt, cut ?? 0, overridesEndedAt ?? 0, ...overridden);
}

/** Layer names may contain characters that are unsafe in a UID. */
function digest(text: string): string {
  return sha256(text).slice(0, 16);
}
