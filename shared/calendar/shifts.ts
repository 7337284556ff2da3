/** Shifts as entries of a calendar: they keep their names while who stands behind them changes. */

import { sha256 } from "../crypto/sha256.ts";
import type { Person } from "../domain/incidents/incident.ts";
import { type OnCall, onCallAt, type ScheduleHistory } from "../domain/oncall/on-call.ts";
import { type OnCallRole, type Override, onCallRoles, type Schedule } from "../domain/oncall/schedule.ts";

/** Somebody on call in [start, end), within one slot of a layer. Times are epoch milliseconds. */
export interface CalendarShift {
  /** Of the slot, not of the person: an override keeps it. A part of a slot after its first has its start besides. */
  readonly uid: string;
  /** Grows with every change of the slot (RFC 5545 3.8.7.4): seconds between the schedule's creation and it. */
  readonly sequence: number;
  readonly changedAt: number;
  readonly role: OnCallRole;
  readonly person: Person;
  /** What put the person there; undefined: it is their turn. */
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

/** More than rotations by the hour make in a calendar's time: what goes beyond is not for people to read. */
const mostShiftsOfRole = 5_000;
const mostOverlaps = 100;

/** Shifts that touch [from, to), whole, by their start. */
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

/** Whose turn it is at an instant, who is on call, and where either changes around it. */
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

/** Where the shift around an instant began, so that shifts are cut the same whenever somebody looks. */
function beginning(history: ScheduleHistory, role: OnCallRole, at: number): number {
  let start = at;
  // Restrictions that overlap lead back one by one.
  for (let steps = 0; steps < mostOverlaps; steps += 1) {
    const before = pieceAt(history, role, start).start;
    if (before === start || !Number.isFinite(before)) break;
    start = before;
  }
  return start;
}

function uidOf({ id }: Schedule, role: OnCallRole, slot: OnCall, actual: OnCall, start: number): string {
  // Where nobody's turn is there is no slot but the override's.
  const layer = slot.by !== null ? digest(slot.by) : actualName(actual);
  const part = slot.by === null || slot.start === start ? [] : [compact(start)];
  const name = [id, role, layer, compact(slot.by === null ? start : slot.start), ...part];
  return `${name.join("-")}@incident-platform`;
}

/** The id of an override is safe in a UID, the name of a layer is not. */
function actualName({ kind, by }: OnCall): string {
  return kind === "override" ? `${by}` : digest(`${by}`);
}

/** When it was last decided who stands behind a slot. */
function changeOf(
  { schedule, history, overridesEndedAt }: CalendarSource,
  role: OnCallRole,
  slot: OnCall,
  at: number,
) {
  const since = history.schedules.findLast(
    ({ inForceFrom }) => (inForceFrom ?? -Infinity) <= at,
  )?.inForceFrom;
  // A change of the schedule ends the slot that it falls into.
  const cut = history.schedules.find(({ inForceFrom }) => inForceFrom === slot.end)?.inForceFrom;
  const overridden = history.overrides
    .filter((override) => override.start < slot.end && override.end > slot.start)
    // A derived secondary changes with the primary.
    .filter((override) => override.role === role || role === "secondary")
    .map(({ createdAt }) => createdAt);
  return Math.max(since ?? schedule.createdAt, cut ?? 0, overridesEndedAt ?? 0, ...overridden);
}

/** A layer may be named in any way; a UID had better not. */
function digest(text: string): string {
  return sha256(text).slice(0, 16);
}

/** `20261123T090000Z` */
function compact(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}
