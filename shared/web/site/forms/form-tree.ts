/** Forms with a variable number of rows. Fields are named by dotted paths, like faults. */
import type { Fault } from "../../../domain/errors.ts";
import type { FormFields } from "./form.ts";

export type FormValue = string | readonly FormValue[] | { readonly [name: string]: FormValue };

/** Row operations: add a blank one at the end, remove one, or move one. */
const rowOperation = /^(add|remove|up|down):([a-z][a-z_]*(?:\.(?:\d{1,3}|[a-z][a-z_]*)){0,6})$/;
const fieldName = /^[a-z][a-z_]*(?:\.(?:\d{1,3}|[a-z][a-z_]*)){0,6}$/;
const index = /^\d+$/;

type Branch = Map<string, Branch | string>;

/**
 * Converts fields to a value: `members.0.email` is in the first row of the list `members`. Rows are ordered
 * by number and renumbered. Other names are ignored.
 */
export function treeOf(fields: FormFields): FormValue {
  const root: Branch = new Map();
  for (const [name, [value = ""]] of fields) {
    if (!fieldName.test(name)) continue;
    const steps = name.split(".");
    const last = steps.pop() ?? "";
    let branch = root;
    for (const step of steps) {
      const known = branch.get(step);
      const next: Branch = known instanceof Map ? known : new Map();
      branch.set(step, next);
      branch = next;
    }
    branch.set(last, value);
  }
  return formValueOf(root);
}

function formValueOf(node: Branch | string): FormValue {
  if (typeof node === "string") return node;
  const names = [...node.keys()];
  const entries = [...node].map(([name, each]) => [name, formValueOf(each)] as const);
  return names.length > 0 && names.every((name) => index.test(name))
    ? entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value)
    : Object.fromEntries(entries);
}

/** Values of a new row and its first field, by list name. */
export type Blanks = Readonly<Record<string, { readonly row: FormValue; readonly first: string }>>;

interface Edited {
  readonly tree: FormValue;
  /** ID of the element to focus: a field, or the pressed button. */
  readonly focus: string;
}

/** Applies a row operation; undefined if it is not one. */
export function editRows(tree: FormValue, operation: string, blanks: Blanks): Edited | undefined {
  const [, verb, path = ""] = rowOperation.exec(operation) ?? [];
  if (verb === undefined) return undefined;
  const steps = path.split(".");
  if (verb === "add") {
    const blank = blanks[steps.at(-1) ?? ""];
    const parent = steps.slice(0, -1).reduce<FormValue | undefined>(childOf, tree);
    if (!blank || typeof parent !== "object" || isList(parent)) return undefined;
    const added = listAt(tree, steps).length;
    const grown = changeAt(tree, steps, (list) => [...list, blank.row]);
    return { tree: grown, focus: `${path}.${added}.${blank.first}` };
  }
  const at = Number(steps.pop());
  const listPath = steps.join(".");
  const list = listAt(tree, steps);
  if (list[at] === undefined) return undefined;
  if (verb === "remove") {
    const shrunk = changeAt(tree, steps, (rows) => rows.toSpliced(at, 1));
    return { tree: shrunk, focus: `add:${listPath}` };
  }
  const to = Math.max(0, Math.min(list.length - 1, verb === "up" ? at - 1 : at + 1));
  const moved = changeAt(tree, steps, (rows) => rows.toSpliced(at, 1).toSpliced(to, 0, list[at] ?? ""));
  return { tree: moved, focus: `${verb}:${listPath}.${to}` };
}

/**
 * Returns true if faults are shown at their fields. Adding or moving a row means that the form is not
 * finished.
 */
export function hasErrorsToShow(operation: string, faults: readonly Fault[]): boolean {
  return faults.length > 0 && !rowOperation.test(operation);
}

function listAt(tree: FormValue, steps: readonly string[]): readonly FormValue[] {
  const found = steps.reduce<FormValue | undefined>(childOf, tree);
  return isList(found) ? found : [];
}

function childOf(value: FormValue | undefined, step: string): FormValue | undefined {
  if (value === undefined || typeof value === "string") return undefined;
  if (isList(value)) return value[Number(step)];
  return Object.hasOwn(value, step) ? value[step] : undefined;
}

function changeAt(
  value: FormValue | undefined,
  [step, ...rest]: readonly string[],
  change: (list: readonly FormValue[]) => readonly FormValue[],
): FormValue {
  if (step === undefined) return change(isList(value) ? value : []);
  const changed = changeAt(childOf(value, step), rest, change);
  if (isList(value)) return value.with(Number(step), changed);
  return { ...(typeof value === "object" && value), [step]: changed };
}

function isList(value: FormValue | undefined): value is readonly FormValue[] {
  return Array.isArray(value);
}
