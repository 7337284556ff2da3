import type { Heartbeat } from "../../../domain/alerts/heartbeat.ts";
import { formatDuration } from "../../../domain/duration.ts";
import { limits } from "../../../domain/limits.ts";
import { severities } from "../../../domain/severity.ts";
import type { FieldOf } from "../../components/forms/field-state.ts";
import { optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";

type Initial = Pick<Heartbeat, "name" | "team" | "severity" | "intervalSeconds" | "graceSeconds">;

const defaults: Initial = { name: "", team: null, severity: "high", intervalSeconds: 300, graceSeconds: 60 };

interface HeartbeatFieldsProps {
  readonly field: FieldOf;
  readonly heartbeat?: Initial;
  /** True for a new monitor: the service cannot be changed later. */
  readonly withService?: boolean;
}

/** Fields of a heartbeat monitor. */
export function HeartbeatFields({ field, heartbeat = defaults, withService = false }: HeartbeatFieldsProps) {
  const { name, team, severity, intervalSeconds, graceSeconds } = heartbeat;
  return (
    <>
      <TextField
        field={field("name")}
        label="Name"
        value={name}
        placeholder="Nightly backup"
        maxlength={limits.heartbeatNameLength}
      />
      {withService && (
        <TextField
          field={field("service")}
          label="Service"
          placeholder="billing"
          maxlength={limits.serviceLength}
        />
      )}
      <div class="fields top">
        <TextField
          field={field("interval")}
          label="Interval"
          value={formatDuration(intervalSeconds)}
          maxlength={64}
          hint="Time between pings, such as 5 min or 1 d."
        />
        <TextField
          field={field("grace")}
          label="Grace"
          value={formatDuration(graceSeconds)}
          maxlength={64}
          hint="Additional time before a ping counts as missed."
        />
      </div>
      <div class="fields top">
        <SelectField
          field={field("severity")}
          label="Severity"
          value={severity}
          options={optionsOf(severities)}
        />
        <TextField
          field={field("team")}
          label="Team"
          value={team ?? ""}
          maxlength={limits.teamLength}
          hint="Optional. Leave empty to page the owner of the service."
        />
      </div>
    </>
  );
}
