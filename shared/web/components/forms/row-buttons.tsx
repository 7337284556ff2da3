/** Buttons of editors. Each submits the form with an operation. */
import type { PropsWithChildren } from "hono/jsx";
import type { FieldOf } from "./field-state.ts";

/** Buttons that move or remove a row; `what` is its name for screen readers. */
export function RowButtons({
  path,
  what,
  fields,
}: {
  readonly path: string;
  readonly what: string;
  readonly fields: FieldOf;
}) {
  const buttons = [
    ["up", "↑", `Move ${what} up`],
    ["down", "↓", `Move ${what} down`],
    ["remove", "✕", `Remove ${what}`],
  ] as const;
  return (
    <div class="row-buttons">
      {buttons.map(([verb, sign, label]) => (
        <RowButton operation={`${verb}:${path}`} fields={fields} label={label}>
          {sign}
        </RowButton>
      ))}
    </div>
  );
}

export function AddButton({
  list,
  fields,
  children,
}: PropsWithChildren<{ readonly list: string; readonly fields: FieldOf }>) {
  return (
    <RowButton operation={`add:${list}`} fields={fields}>
      {children}
    </RowButton>
  );
}

function RowButton({
  operation,
  fields,
  label,
  children,
}: PropsWithChildren<{ readonly operation: string; readonly fields: FieldOf; readonly label?: string }>) {
  return (
    <button
      type="submit"
      id={operation}
      name="op"
      value={operation}
      class={label === undefined ? "add" : "icon"}
      aria-label={label}
      title={label}
      autofocus={fields(operation).focused}
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
