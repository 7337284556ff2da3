/** Fields of every form: a label, a control, a hint and errors. */
import type { PropsWithChildren } from "hono/jsx";
import { capitalize } from "../capitalize.ts";
import type { FieldState } from "./field-state.ts";

interface FieldProps {
  readonly field: FieldState;
  readonly label: string;
  /** Initial value, unless the form was rejected. */
  readonly value?: string | undefined;
  readonly hint?: string;
  /** Hides the label visually, because a column shows it. */
  readonly bare?: boolean;
  readonly class?: string;
}

export interface TextFieldProps extends FieldProps {
  readonly type?: "text" | "email" | "search" | "password" | "number" | "time" | "date" | "datetime-local";
  readonly list?: string;
  readonly placeholder?: string;
  readonly step?: string;
  readonly required?: boolean;
  readonly maxlength?: number;
  readonly autocomplete?: string;
  readonly "aria-keyshortcuts"?: string;
}

export function TextField(props: TextFieldProps) {
  const { field, label, value = "", hint, bare, class: className, autocomplete = "off", ...input } = props;
  return (
    <Field {...props}>
      <input {...attributesOf(props)} value={field.sent ?? value} autocomplete={autocomplete} {...input} />
    </Field>
  );
}

interface TextAreaProps extends FieldProps {
  readonly rows: number;
  readonly required?: boolean;
  readonly maxlength?: number;
}

export function TextArea({ rows, required, maxlength, ...props }: TextAreaProps) {
  return (
    <Field {...props}>
      <textarea {...attributesOf(props)} rows={rows} required={required} maxlength={maxlength}>
        {props.field.sent ?? props.value ?? ""}
      </textarea>
    </Field>
  );
}

/** Values that text fields suggest by the ID of this list. */
export function Suggestions({ id, values }: { readonly id: string; readonly values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option value={value} />
      ))}
    </datalist>
  );
}

type Options = readonly (readonly [value: string, label: string])[];

export function SelectField({ options, ...props }: FieldProps & { readonly options: Options }) {
  const chosen = props.field.sent ?? props.value;
  return (
    <Field {...props}>
      <select {...attributesOf(props)}>
        {options.map(([value, label]) => (
          <option value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** Returns values as options. */
export function optionsOf<T extends string>(
  values: readonly T[],
  labelOf: (value: T) => string = capitalize,
): Options {
  return values.map((value) => [value, labelOf(value)]);
}

/** Option of a filter that matches every value. */
export const anyOption = ["", "Any"] as const;

function Field({ field, label, hint, bare, children, ...rest }: PropsWithChildren<FieldProps>) {
  return (
    <div class={rest.class === undefined ? "field" : `field ${rest.class}`}>
      <label for={field.id} class={bare ? "hidden" : undefined}>
        {label}
      </label>
      {children}
      <FieldFault field={field} />
      {hint !== undefined && (
        <p class="hint" id={`${field.id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function attributesOf({ field: { id, name, fault, focused }, hint }: FieldProps) {
  const described = [
    ...(fault === undefined ? [] : [`${id}-fault`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ];
  return {
    id,
    name,
    ...(fault !== undefined && { "aria-invalid": "true" }),
    ...(described.length > 0 && { "aria-describedby": described.join(" ") }),
    ...(focused && { autofocus: true }),
  } as const;
}

/** Errors of a field, a row or a list. */
export function FieldFault({ field: { id, fault } }: { readonly field: FieldState }) {
  if (fault === undefined) return null;
  return (
    <p class="fault" id={`${id}-fault`}>
      <bdi>{fault}</bdi>
    </p>
  );
}
