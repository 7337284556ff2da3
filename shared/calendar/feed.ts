/** Calendar feed of a team's shifts (RFC 5545, with the feed properties of RFC 7986). */
import ical, { escape as escapeText, ICalEventBusyStatus, ICalEventTransparency } from "ical-generator";
import { type CalendarShift, type CalendarSource, calendarShifts } from "./shifts.ts";

const hourSeconds = 3_600;

/** Deterministic: the same source gives identical bytes. */
export function calendarFeed(source: CalendarSource): string {
  const { team } = source.schedule;
  const calendar = ical({
    prodId: { company: "incident-platform", product: "on-call", language: "EN" },
    // The library does not escape names.
    name: escapeText(plain(`On call: ${team}`), false),
    scale: "GREGORIAN",
    ttl: hourSeconds,
  });
  const shifts = calendarShifts(source);
  // Some calendar apps reject a feed without events.
  const entries = shifts.length > 0 ? shifts.map((shift) => entryOf(team, shift)) : [emptyEntry(source)];
  for (const { start, end, stamp, ...entry } of entries) {
    calendar.createEvent({
      ...entry,
      start: new Date(start),
      end: new Date(end),
      stamp: new Date(stamp),
      lastModified: new Date(stamp),
      transparency: ICalEventTransparency.TRANSPARENT,
      busystatus: ICalEventBusyStatus.FREE,
    });
  }
  return `${calendar}\r\n`;
}

function entryOf(
  team: string,
  { uid, sequence, changedAt, role, person, override, start, end }: CalendarShift,
) {
  const how = override ? `${role}, by override` : role;
  return {
    id: uid,
    sequence,
    stamp: changedAt,
    start,
    end,
    summary: plain(`${person.name} on call: ${team} (${how})`),
    description: plain([person.email, override?.reason ?? ""].filter((line) => line !== "").join("\n")),
  };
}

function emptyEntry({ schedule, from, to }: CalendarSource) {
  return {
    id: `${schedule.id}-nobody@incident-platform`,
    sequence: Math.ceil((schedule.updatedAt - schedule.createdAt) / 1_000),
    stamp: schedule.updatedAt,
    start: from,
    end: to,
    summary: plain(`No one is on call: ${schedule.team}`),
    description: "The schedule has a gap at this time.",
  };
}

/** Removes characters that RFC 5545 does not allow: control characters except line breaks and tabs. */
function plain(text: string): string {
  return text.toWellFormed().replace(/(?![\r\n\t])\p{Cc}/gu, "");
}
