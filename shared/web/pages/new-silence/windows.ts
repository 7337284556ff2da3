/** Recurring windows of a silence as the form has them: days of the week, and local hours. */

import type * as z from "zod";
import type { silenceInput } from "../../../contracts/alerts/silence-input.ts";
import type { Weekday } from "../../../domain/wall-clock.ts";
import { windowsOn } from "../../components/forms/weekly-hours.ts";

export interface WindowFields {
  /** Days on which a window starts; none for a silence that does not recur. */
  readonly days: readonly Weekday[];
  readonly from: string;
  /** A time before the start is on the next day. */
  readonly to: string;
  readonly timezone: string;
}

type Recurring = NonNullable<z.input<typeof silenceInput>["recurring"]>;

/** Converts the fields to the API's format. */
export function recurringOf({ days, from, to, timezone }: WindowFields): Recurring | null {
  if (days.length === 0) return null;
  return { timezone, windows: windowsOn(days, from, to) };
}
