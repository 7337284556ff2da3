import { limits } from "../../../domain/limits.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import { TeamField } from "../../components/forms/team-field.tsx";
import type { Viewing } from "../../site/viewer.ts";

interface ServiceFormProps {
  readonly viewing: Viewing;
  /** Suggested teams. */
  readonly teams: readonly string[];
}

/** Form that adds a service. */
export function ServiceForm({ viewing, teams }: ServiceFormProps) {
  const field = fieldsOf("save-service", viewing.formErrors);
  return (
    <ActionForm action="save-service" viewing={viewing} class="panel stack">
      <h2>New service</h2>
      <TextField field={field("service")} label="Service" required maxlength={limits.serviceLength} />
      <TeamField field={field("team")} teams={teams} required />
      <TextField
        field={field("runbook_url")}
        label="Runbook URL"
        maxlength={limits.addressLength}
        placeholder="https://wiki.example.com/runbook"
        hint="Optional. The first link of its incidents."
      />
      <button type="submit" class="primary">
        Save service
      </button>
    </ActionForm>
  );
}
