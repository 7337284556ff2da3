/** Changes of SCIM 2.0 resources by PATCH (RFC 7644 3.5.2), with the variants that Entra and Okta send. */
import { Invalid } from "../../errors.ts";
import { isObject } from "../../json-object.ts";
import { type Comparison, isEqual, parseFilter, withoutCase } from "./filter.ts";

export const patchOps = ["add", "replace", "remove"] as const;

export interface PatchOperation {
  readonly op: (typeof patchOps)[number];
  readonly path?: string | undefined;
  readonly value?: unknown;
}

/** Attributes that a client can change, by name; `multi` for lists. Their sub-attributes are the values. */
export type AttributeShapes = Readonly<Record<string, AttributeShape>>;
interface AttributeShape {
  readonly kind: "simple" | "complex" | "multi";
  readonly parts?: readonly string[];
}

type Attributes = Readonly<Record<string, unknown>>;

/** Returns the attributes under the names that the platform writes: names have no case (RFC 7643 2.1). */
export function withKnownNames(attributes: Attributes, shapes: AttributeShapes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([given, value]) => {
      const name = knownName(given, Object.keys(shapes)) ?? given;
      const { parts = [] } = shapes[name] ?? {};
      return [name, Array.isArray(value) ? value.map((each) => renamed(each, parts)) : renamed(value, parts)];
    }),
  );
}

/** Returns an object with the given names in place of those that differ only in case. */
function renamed(value: unknown, names: readonly string[]): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([given, field]) => [knownName(given, names) ?? given, field]),
  );
}

function knownName(given: string, names: readonly string[]): string | undefined {
  return names.find((name) => name.toLowerCase() === given.toLowerCase());
}

/**
 * Applies operations in order. Attributes that the platform does not have are ignored: providers send more than they are
 * told to.
 *
 * @throws Invalid
 */
export function applyPatch(
  attributes: Attributes,
  operations: readonly PatchOperation[],
  shapes: AttributeShapes,
): Attributes {
  return operations.reduce((changed, operation, index) => {
    const at = `Operations.${index}`;
    if (operation.path !== undefined && operation.path !== "")
      return applyAt(changed, operation.path, operation, shapes, at);
    if (operation.op === "remove") throw new Invalid([{ path: `${at}.path`, message: "is missing" }]);
    if (!isObject(operation.value))
      throw new Invalid([{ path: `${at}.value`, message: "must be an object" }]);
    return Object.entries(operation.value).reduce(
      (left, [path, value]) =>
        readOnly.has(path.toLowerCase())
          ? left
          : applyAt(left, path, { op: operation.op, value }, shapes, at),
      changed,
    );
  }, attributes);
}

/** Attributes that only the platform sets. */
const readOnly: ReadonlySet<string> = new Set(["id", "meta", "schemas", "groups"]);

interface Target {
  readonly name: string;
  readonly shape: AttributeShape;
  readonly filter: readonly Comparison[] | undefined;
  readonly part: string | undefined;
}

const pathPattern = /^(urn:[^[\]"]*:)?([\w$-]+)(?:\[(.*)\])?(?:\.([\w$-]+))?$/i;
const extension = /^urn:.*:extension:/i;

function applyAt(
  attributes: Attributes,
  path: string,
  operation: PatchOperation,
  shapes: AttributeShapes,
  at: string,
): Attributes {
  const target = targetOf(path, shapes, at);
  if (!target) return attributes;
  const { name, shape } = target;
  const before = attributes[name];
  // A value of null is no value (RFC 7643 2.5).
  const meant: PatchOperation = operation.value === null ? { op: "remove" } : operation;
  const after =
    shape.kind === "multi"
      ? changedList(Array.isArray(before) ? before : [], target, meant, at)
      : changedValue(before, target, meant);
  const { [name]: _, ...others } = attributes;
  return after === undefined ? others : { ...others, [name]: after };
}

/** Returns undefined for an attribute that the platform does not have. @throws Invalid */
function targetOf(path: string, shapes: AttributeShapes, at: string): Target | undefined {
  const [, urn = "", attribute = "", filter, part] = pathPattern.exec(path) ?? [];
  const fault = (message: string) => new Invalid([{ path: `${at}.path`, message }]);
  if (attribute === "") throw fault("is not a valid attribute path");
  if (extension.test(urn)) return undefined;
  if (readOnly.has(attribute.toLowerCase())) throw fault("names an attribute that is read-only");
  const name = knownName(attribute, Object.keys(shapes));
  const shape = name === undefined ? undefined : shapes[name];
  if (name === undefined || !shape) return undefined;
  const known = part === undefined ? undefined : knownName(part, shape.parts ?? []);
  if (part !== undefined && known === undefined) return undefined;
  return {
    name,
    shape,
    filter: filter === undefined ? undefined : parseFilter(filter, `${at}.path`),
    part: known,
  };
}

function changedValue(before: unknown, { shape, part }: Target, { op, value }: PatchOperation): unknown {
  if (part !== undefined) {
    const { [part]: _, ...others } = isObject(before) ? before : {};
    return op === "remove" ? others : { ...others, [part]: value };
  }
  if (op === "remove") return undefined;
  const named = renamed(value, shape.parts ?? []);
  return shape.kind === "complex" && isObject(named) && isObject(before) ? { ...before, ...named } : named;
}

function changedList(
  before: readonly unknown[],
  { filter, part, shape: { parts = [] } }: Target,
  { op, value }: PatchOperation,
  at: string,
): readonly unknown[] {
  const items = before.filter(isObject);
  const isMeant = (item: Attributes) =>
    filter?.every(({ attribute, value: wanted }) => isEqual(fieldOf(item, attribute), wanted)) ?? true;
  if (filter === undefined && part === undefined) {
    const given = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((each) =>
      asItem(renamed(each, parts)),
    );
    if (op === "replace") return given;
    if (op === "add") return added(items, given);
    // Entra removes members by a list of them, without a filter.
    const removed = new Set(given.map((each) => withoutCase(each.value)));
    return given.length === 0 ? [] : items.filter((item) => !removed.has(withoutCase(item.value)));
  }
  if (op === "remove")
    // An item is nothing without its value: Entra removes only the value of an email.
    return part === undefined || part === "value"
      ? items.filter((item) => !isMeant(item))
      : items.map((item) => (isMeant(item) ? without(item, part) : item));
  const fields = part === undefined ? renamed(value, parts) : { [part]: value };
  if (!isObject(fields)) throw new Invalid([{ path: `${at}.value`, message: "must be an object" }]);
  if (items.some(isMeant)) return items.map((item) => (isMeant(item) ? { ...item, ...fields } : item));
  // Entra sets the work email of a person who has none.
  const implied = Object.fromEntries(
    (filter ?? []).map(({ attribute, value: wanted }) => [knownName(attribute, parts) ?? attribute, wanted]),
  );
  return added(items, [{ ...implied, ...fields }]);
}

/** Appends new items. A new primary one takes the place of the old. */
function added(items: readonly Attributes[], given: readonly Attributes[]): readonly Attributes[] {
  const idOf = ({ value, type }: Attributes) => JSON.stringify([withoutCase(value), withoutCase(type)]);
  const known = new Set(items.map(idOf));
  const fresh = given.filter((each) => !known.has(idOf(each)));
  const hasPrimary = fresh.some(({ primary }) => primary === true);
  return [
    ...items.map((item) => (hasPrimary && item.primary ? { ...item, primary: false } : item)),
    ...fresh,
  ];
}

function asItem(value: unknown): Attributes {
  return isObject(value) ? value : { value };
}

function without(item: Attributes, part: string): Attributes {
  const { [part]: _, ...others } = item;
  return others;
}

function fieldOf(item: Attributes, attribute: string): unknown {
  return Object.entries(item).find(([name]) => name.toLowerCase() === attribute)?.[1];
}
