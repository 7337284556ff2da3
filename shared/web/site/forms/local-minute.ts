import * as z from "zod";
import { wallClock } from "../../../domain/wall-clock.ts";

/** Value of a datetime-local field, in local time of some zone. */
export const localMinute = z.iso
  .datetime({ local: true, precision: -1, error: "must be a date and a time like 2026-11-23T09:00" })
  .transform(wallClock);
