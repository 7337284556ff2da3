import * as z from "zod";
import { wallClock } from "../../domain/wall-clock.ts";

/** What a field for a date and a time sends, as it stands on a wall somewhere. */
export const localMinute = z.iso
  .datetime({ local: true, precision: -1, error: "must be a date and a time like 2026-11-23T09:00" })
  .transform(wallClock);
