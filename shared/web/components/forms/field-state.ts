/** State of form fields, for page forms, editors and filters. */
import type { Fault } from "../../../domain/errors.ts";
import type { ActionName, FormErrors } from "../../site/routes.ts";

export interface FieldState {
  readonly id: string;
  readonly name: string;
  /** Submitted value, which replaces the initial one if the form was rejected. */
  readonly sent?: string | undefined;
  /** Text of its errors. */
  readonly fault?: string | undefined;
  readonly focused?: boolean;
}

export type FieldOf = (name: string) => FieldState;

/** Returns a field of a form that is never rejected, such as a filter. */
export const plainField: FieldOf = (name) => ({ id: name, name });

/** Returns the fields of a form by name, with submitted values if it was rejected. */
export function fieldsOf(action: ActionName, formErrors: FormErrors | null | undefined): FieldOf {
  const mine = formErrors?.action === action ? formErrors : undefined;
  return (name) => ({
    id: `${action}-${name}`,
    name,
    sent: mine?.values[name]?.[0],
    fault: mine?.faults.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message,
  });
}

/** State of an editor that redraws itself. Its fields keep their values, and their paths are their names and IDs. */
export interface EditorState {
  readonly faults: readonly Fault[];
  /** ID of the element to focus, if any. */
  readonly focus: string | null;
}

/** Returns the fields, rows, lists and buttons of an editor by path. */
export function editorFields({ faults, focus }: EditorState): FieldOf {
  return (path) => {
    const messages = faults.filter((fault) => fault.path === path).map(({ message }) => message);
    return {
      id: path,
      name: path,
      fault: messages.length > 0 ? messages.join("; ") : undefined,
      focused: focus === path,
    };
  };
}
