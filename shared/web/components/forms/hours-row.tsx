import type { PropsWithChildren } from "hono/jsx";
import { type Weekday, weekdays } from "../../../domain/wall-clock.ts";
import { shortDay } from "../local-time.ts";
import type { FieldOf } from "./field-state.ts";
import { FieldFault, SelectField, TextField } from "./fields.tsx";
import { RowButtons } from "./row-buttons.tsx";

interface HoursDraft {
  readonly type: string;
  readonly start_day: Weekday;
  readonly start: string;
  readonly end_day: Weekday;
  readonly end: string;
}

interface HoursRowProps {
  readonly hours: HoursDraft;
  readonly path: string;
  /** Name of the row for screen readers. */
  readonly what: string;
  /** The style sheet hides the days of the period for the types `daily` and `days`. */
  readonly types: readonly (readonly [value: string, label: string])[];
  readonly fields: FieldOf;
}

export const shortDays = weekdays.map((day) => [day, shortDay(day)] as const);

/** A row of hours in an editor: from a time to another, each with a day of the week if its type has days. */
export function HoursRow({ hours, path, what, types, fields, children }: PropsWithChildren<HoursRowProps>) {
  const field = (name: keyof HoursDraft, label: string) => ({
    field: fields(`${path}.${name}`),
    label: `${label} of ${what}`,
    value: hours[name],
    bare: true,
  });
  return (
    <li id={path} class="hours">
      <SelectField options={types} {...field("type", "Type")} />
      {children}
      <div class="edge">
        <SelectField class="edge-day" options={shortDays} {...field("start_day", "First day")} />
        <TextField type="time" {...field("start", "Start")} />
      </div>
      <span aria-hidden="true">–</span>
      <div class="edge">
        <SelectField class="edge-day" options={shortDays} {...field("end_day", "Last day")} />
        <TextField type="time" {...field("end", "End")} />
      </div>
      <RowButtons path={path} what={what} fields={fields} />
      <FieldFault field={fields(path)} />
    </li>
  );
}
