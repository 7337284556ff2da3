/** Fields of a form that can be rejected with errors. */
import type { ActionName, FormErrors } from "../../site/routes.ts";

export interface FieldState {
  readonly id: string;
  readonly name: string;
  /** Submitted value; undefined unless the form was rejected. */
  readonly sent: string | undefined;
  readonly fault: string | undefined;
}

export type FieldOf = (name: string) => FieldState;

/** Returns the fields of a form by name, with submitted values if it was rejected. */
export function fieldsOf(action: ActionName, formErrors: FormErrors | null | undefined): FieldOf {
  const mine = formErrors?.action === action ? formErrors : undefined;
  return (name) => ({
    id: `${action}-${name}`,
    name,
    sent: mine && (mine.values[name]?.[0] ?? ""),
    fault: mine?.faults.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message,
  });
}

/** Returns the attributes of an input. `hinted`: a hint with the ID `…-hint` follows it. */
export function attributesOf({ id, name, fault }: FieldState, hinted = false) {
  const described = [...(fault === undefined ? [] : [`${id}-fault`]), ...(hinted ? [`${id}-hint`] : [])];
  return {
    id,
    name,
    ...(fault !== undefined && { "aria-invalid": "true" }),
    ...(described.length > 0 && { "aria-describedby": described.join(" ") }),
  } as const;
}

interface LabelledInputProps {
  readonly field: FieldState;
  readonly label: string;
  /** Initial value, unless the form was rejected. */
  readonly value?: string;
  readonly hint?: string;
  readonly type?: "text" | "email" | "datetime-local";
  readonly list?: string;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly maxlength?: number;
}

export function LabelledInput({ field, label, value = "", hint, ...input }: LabelledInputProps) {
  return (
    <>
      <label for={field.id}>{label}</label>
      <input
        {...attributesOf(field, hint !== undefined)}
        value={field.sent ?? value}
        autocomplete="off"
        {...input}
      />
      {hint !== undefined && (
        <p class="hint" id={`${field.id}-hint`}>
          {hint}
        </p>
      )}
      <FieldFault field={field} />
    </>
  );
}

export function FieldFault({ field: { id, fault } }: { readonly field: FieldState }) {
  return fault === undefined ? null : <FaultText id={`${id}-fault`} text={fault} />;
}

export function FaultText({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <p class="fault" id={id}>
      <bdi>{text}</bdi>
    </p>
  );
}
