import { formatDuration } from "../../../domain/duration.ts";
import { serviceBase } from "../../../domain/edit-base.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { FieldFault, Suggestions, TextField } from "../../components/forms/fields.tsx";
import type { Viewing } from "../../site/viewer.ts";

interface ServiceFormProps {
  readonly viewing: Viewing;
  /** Fixed name of the service; absent: the form asks for it. */
  readonly name?: string;
  readonly settings?: Service | undefined;
  /** The team that is paged without settings. */
  readonly team?: string;
  /** Suggested teams. */
  readonly teams: readonly string[];
}

/** Form that adds a service, or changes its settings. */
export function ServiceForm({ viewing, name, settings, team = "", teams }: ServiceFormProps) {
  const field = fieldsOf("save-service", viewing.formErrors);
  const seconds = settings?.autoResolveSeconds ?? null;
  return (
    <ActionForm action="save-service" viewing={viewing} class="panel stack">
      <h2>{name === undefined ? "Add a service" : "Settings"}</h2>
      <input type="hidden" name="base" value={settings ? serviceBase(settings) : ""} autocomplete="off" />
      {name === undefined ? (
        <TextField field={field("service")} label="Service" required maxlength={255} />
      ) : (
        <>
          <input type="hidden" name="service" value={name} autocomplete="off" />
          <FieldFault field={field("service")} />
        </>
      )}
      <TextField
        field={field("team")}
        label="Team"
        value={settings?.team ?? team}
        list="teams"
        required
        maxlength={255}
      />
      <Suggestions id="teams" values={teams} />
      <TextField
        field={field("auto_resolve")}
        label="Auto-resolve after"
        value={seconds === null ? "" : formatDuration(seconds)}
        placeholder="Off"
        maxlength={64}
        hint="Time without new alerts, e.g. 30 min or 2 h. Optional. Leave empty to disable."
      />
      <button type="submit" class="primary">
        Save service
      </button>
    </ActionForm>
  );
}
