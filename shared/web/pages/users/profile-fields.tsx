import type { FieldOf } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";

/** Form fields of a user profile. */
export function ProfileFields({
  field,
  name,
  timezone,
}: {
  readonly field: FieldOf;
  readonly name: string;
  readonly timezone: string;
}) {
  return (
    <>
      <TextField field={field("name")} label="Name" value={name} required maxlength={255} />
      <TextField
        field={field("timezone")}
        label="Time zone"
        value={timezone}
        hint="For example Europe/Berlin or America/New_York."
        required
        maxlength={64}
      />
    </>
  );
}
