/** Fields of editors that redraw themselves. Each keeps its value and shows its errors. */
import type { PropsWithChildren } from "hono/jsx";
import type { Fault } from "../../../domain/errors.ts";
import { FaultText } from "./field.tsx";

/** State of a form. Fields are named by the paths of faults. */
export interface FormState {
  readonly faults: readonly Fault[];
  /** ID of the element to focus, if any. */
  readonly focus: string | null;
}

interface FieldProps {
  /** Path of the field, which is its ID too. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly state: FormState;
  /** Hides the label visually, because a column shows it. */
  readonly bare?: boolean;
  readonly class?: string;
}

interface TextFieldProps extends FieldProps {
  readonly type?: "text" | "email" | "time" | "date" | "number";
  readonly hint?: string;
  readonly list?: string;
  readonly placeholder?: string;
  readonly step?: string;
}

export function TextField({ type = "text", hint, list, placeholder, step, ...field }: TextFieldProps) {
  const hintId = `${field.name}-hint`;
  return (
    <Field {...field}>
      <input
        type={type}
        value={field.value}
        list={list}
        placeholder={placeholder}
        step={step}
        autocomplete="off"
        {...fieldAttributes(field, hint === undefined ? [] : [hintId])}
      />
      {hint !== undefined && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
    </Field>
  );
}

/** @param options values with their labels */
export function SelectField({
  options,
  ...field
}: FieldProps & { readonly options: readonly (readonly [value: string, word: string])[] }) {
  return (
    <Field {...field}>
      <select {...fieldAttributes(field, [])}>
        {options.map(([value, word]) => (
          <option value={value} selected={value === field.value}>
            {word}
          </option>
        ))}
      </select>
    </Field>
  );
}

function fieldAttributes({ name, state }: FieldProps, described: readonly string[]) {
  const faulty = state.faults.some(({ path }) => path === name);
  const descriptions = [...(faulty ? [faultId(name)] : []), ...described];
  return {
    id: name,
    name,
    ...(faulty && { "aria-invalid": "true" }),
    ...(descriptions.length > 0 && { "aria-describedby": descriptions.join(" ") }),
    ...(state.focus === name && { autofocus: true }),
  };
}

function Field({ name, label, state, bare, children, ...rest }: PropsWithChildren<FieldProps>) {
  return (
    <div class={`field ${rest.class ?? ""}`}>
      <label for={name} class={bare ? "hidden" : undefined}>
        {label}
      </label>
      {children}
      <FaultsAt path={name} state={state} />
    </div>
  );
}

const faultId = (path: string) => `${path}-fault`;

/** Errors of a field, a row or a list. */
export function FaultsAt({ path, state }: { readonly path: string; readonly state: FormState }) {
  const here = state.faults.filter((fault) => fault.path === path);
  if (here.length === 0) return null;
  return <FaultText id={faultId(path)} text={here.map(({ message }) => message).join("; ")} />;
}

/** Summary of all errors, with links to the fields. */
export function FaultSummary({ faults }: Pick<FormState, "faults">) {
  if (faults.length === 0) return null;
  return (
    <div class="notice trouble" id="faults" role="alert" tabindex={-1} autofocus>
      <p>Not saved. Please fix:</p>
      <FaultList faults={faults} />
    </div>
  );
}

export function FaultList({ faults }: Pick<FormState, "faults">) {
  return (
    <ul class="faults">
      {faults.map(({ path, message }) => (
        <li>
          <a href={`#${path}`}>{labelOfPath(path)}</a> <bdi>{message}</bdi>
        </li>
      ))}
    </ul>
  );
}

const rowNames: Readonly<Record<string, string>> = {
  layers: "layer",
  members: "member",
  restrictions: "hours",
  rules: "step",
  targets: "target",
};

/** Returns a path in words: `layers.0.members.1.email` is “Layer 1, member 2, email”. */
export function labelOfPath(path: string): string {
  const steps = path.split(".");
  const words = steps.flatMap((step, index) => {
    if (/^\d+$/.test(step) || step === "rotation") return [];
    const row = steps[index + 1];
    const numbered = row !== undefined && /^\d+$/.test(row);
    return [numbered ? `${rowNames[step] ?? step} ${Number(row) + 1}` : step.replaceAll("_", " ")];
  });
  const text = words.join(", ");
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Buttons that move or remove a row; `what` is its name for screen readers. */
export function RowButtons({
  path,
  what,
  state,
}: {
  readonly path: string;
  readonly what: string;
  readonly state: FormState;
}) {
  const buttons = [
    ["up", "↑", `Move ${what} up`],
    ["down", "↓", `Move ${what} down`],
    ["remove", "✕", `Remove ${what}`],
  ] as const;
  return (
    <div class="row-buttons">
      {buttons.map(([verb, sign, label]) => (
        <RowButton operation={`${verb}:${path}`} state={state} label={label}>
          {sign}
        </RowButton>
      ))}
    </div>
  );
}

export function AddButton({
  list,
  state,
  children,
}: PropsWithChildren<{ readonly list: string; readonly state: FormState }>) {
  return (
    <RowButton operation={`add:${list}`} state={state}>
      {children}
    </RowButton>
  );
}

function RowButton({
  operation,
  state,
  label,
  children,
}: PropsWithChildren<{ readonly operation: string; readonly state: FormState; readonly label?: string }>) {
  return (
    <button
      type="submit"
      id={operation}
      name="op"
      value={operation}
      class={label === undefined ? "add" : "icon"}
      aria-label={label}
      title={label}
      autofocus={state.focus === operation}
    >
      {children}
    </button>
  );
}

/** The button that the Enter key presses, which must not be one that moves a row. */
export function EnterPreviews() {
  return (
    <button type="submit" name="op" value="preview" class="hidden" tabindex={-1}>
      Update preview
    </button>
  );
}
