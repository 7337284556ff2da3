import { type UrgencyChoice, urgencyChoices } from "../../../domain/incidents/urgency.ts";
import type { FieldOf } from "./field-state.ts";
import { FieldFault, optionsOf, SelectField, Suggestions, TextField } from "./fields.tsx";
import { HoursRow, shortDays } from "./hours-row.tsx";
import { AddButton } from "./row-buttons.tsx";
import type { HoursDraft, UrgencyDraft } from "./urgency-draft.ts";

export const urgencyNames: Readonly<Record<UrgencyChoice, string>> = {
  high: "High",
  low: "Low",
  by_severity: "By severity",
};

interface UrgencyFieldsProps {
  readonly draft: UrgencyDraft;
  readonly fields: FieldOf;
  readonly label: string;
  /** Options besides hours. */
  readonly choices: readonly (readonly [value: string, label: string])[];
}

/** The choice of an urgency, and the hours that decide it. Its container has the class `urgency`. */
export function UrgencyFields({ draft, fields, label, choices }: UrgencyFieldsProps) {
  const options = optionsOf(urgencyChoices, (choice) => urgencyNames[choice]);
  return (
    <>
      <SelectField
        field={fields("urgency")}
        label={label}
        value={draft.urgency}
        options={[...choices, ["hours", "By hours"]]}
      />
      <div class="by-hours">
        <div class="fields">
          <TextField
            field={fields("timezone")}
            label="Time zone"
            value={draft.timezone}
            list="timezones"
            maxlength={64}
          />
          <SelectField
            field={fields("inside")}
            label="Within these hours"
            value={draft.inside}
            options={options}
          />
          <SelectField
            field={fields("outside")}
            label="At other times"
            value={draft.outside}
            options={options}
          />
        </div>
        <Suggestions id="timezones" values={["UTC", ...Intl.supportedValuesOf("timeZone")]} />
        <fieldset class="rows" id="hours">
          <legend>Hours</legend>
          <FieldFault field={fields("hours")} />
          <ol>
            {draft.hours.map((hours, index) => (
              <UrgencyHours hours={hours} index={index} fields={fields} />
            ))}
          </ol>
          <AddButton list="hours" fields={fields}>
            Add hours
          </AddButton>
        </fieldset>
        <label class="check" for="raise">
          <input type="checkbox" id="raise" name="raise" checked={draft.raise === "on"} />
          Raise open incidents to high when the hours make them high
        </label>
      </div>
    </>
  );
}

function UrgencyHours({
  hours,
  index,
  fields,
}: {
  readonly hours: HoursDraft;
  readonly index: number;
  readonly fields: FieldOf;
}) {
  const path = `hours.${index}`;
  const what = `hours ${index + 1}`;
  return (
    <HoursRow
      hours={hours}
      path={path}
      what={what}
      types={[
        ["days", "On days"],
        ["period", "Period"],
      ]}
      fields={fields}
    >
      <fieldset class="days">
        <legend class="hidden">Days of {what}</legend>
        {shortDays.map(([day, name]) => (
          <label class="check">
            <input type="checkbox" name={`${path}.days.${day}`} checked={hours.days[day] === "on"} /> {name}
          </label>
        ))}
      </fieldset>
    </HoursRow>
  );
}
