import { type FieldOf, LabelledInput } from "../../components/field.tsx";

/** Profile fields besides the email address. */
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
        hint="Like Europe/Berlin or America/New_York."
        required
        maxlength={64}
      />
    </>
  );
}
