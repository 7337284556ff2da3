/** Local times and time zones in schedules. */
import * as z from "zod";

export const timezone = z
  .string()
  .max(64)
  .refine(isTimezone, "must be an IANA time zone like Europe/Berlin")
  .meta({ examples: ["UTC", "Europe/Berlin"] });

export const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day like 09:00");

/** Aborts early, because later checks require valid dates. */
export const localDate = z
  .string()
  .pipe(z.iso.date({ error: "must be a date like 2026-11-23", abort: true }))
  .meta({ format: "date" });

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // Offsets such as +01:00 are accepted there too, but have no clock changes.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
