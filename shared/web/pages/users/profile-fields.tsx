import { type FieldOf, LabelledInput } from "../../components/forms/field.tsx";

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
      <LabelledInput field={field("name")} label="Name" value={name} required maxlength={255} />
      <LabelledInput
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
