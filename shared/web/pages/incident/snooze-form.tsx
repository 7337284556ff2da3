import { snoozeChoices, snoozeNames } from "../../../domain/incidents/snooze/snooze-choice.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import type { IncidentViewProps } from "./props.ts";

/** Snoozes by one button, or until a time. */
export function SnoozeForm({ incident, ...viewing }: IncidentViewProps) {
  const field = fieldsOf("snooze-incident", viewing.formErrors);
  const form = { action: "snooze-incident", params: { id: incident.number }, viewing } as const;
  const { timezone = "UTC" } = viewing.viewer;
  return (
    <div class="panel stack">
      <p class="quiet">Acknowledges the incident until then. After that, it pages the person on call.</p>
      <ActionForm {...form} class="button-row">
        {snoozeChoices.map((choice) => (
          <button type="submit" name="for" value={choice}>
            Snooze {snoozeNames[choice]}
          </button>
        ))}
      </ActionForm>
      <ActionForm {...form} class="stack">
        <input type="hidden" name="timezone" value={timezone} />
        <TextField
          field={field("until")}
          label={`Until (${timezone})`}
          type="datetime-local"
          hint="At most 7 days from now."
          required
        />
        <button type="submit">Snooze until this time</button>
      </ActionForm>
    </div>
  );
}
