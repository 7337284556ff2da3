/** Differences between two versions of a resource, field by field. */
import type { AuditedChange, AuditedView } from "../../../domain/access/audit.ts";
import { parseInstant } from "../../../domain/time.ts";
import { formatExactly } from "../../components/duration.ts";
import { formatMoment } from "../../components/time.tsx";

export interface Difference {
  /** `contact methods › sms › address` */
  readonly field: string;
  /** Null: absent before. */
  readonly before: string | null;
  /** Null: absent after. */
  readonly after: string | null;
}

/** Fields that change with every update, or that name the entry itself. */
const ignored: ReadonlySet<string> = new Set(["updated_at", "version", "id"]);

/** @param timezone IANA time zone of the times */
export function differencesOf(
  { before, after }: Pick<AuditedChange, "before" | "after">,
  timezone: string,
): readonly Difference[] {
  const [old, fresh] = [leavesOf(before, timezone), leavesOf(after, timezone)];
  const fields = [...new Set([...old.keys(), ...fresh.keys()])];
  return fields.flatMap((field) => {
    const [was, is] = [old.get(field) ?? null, fresh.get(field) ?? null];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

const within = " › ";

type Leaves = ReadonlyMap<string, string>;

function leavesOf(view: AuditedView | null, timezone: string): Leaves {
  const leaves = new Map<string, string>();
  const note = (path: readonly string[], name: string, value: unknown): void => {
    if (value === null || ignored.has(name)) return;
    const here = [...path, wordsOf(name)];
    if (Array.isArray(value) && value.some((each) => typeof each === "object")) {
      for (const [index, each] of value.entries()) noteAll([...here, nameOf(each, index)], each);
    } else if (Array.isArray(value)) {
      if (value.length > 0) leaves.set(here.join(within), value.join(", "));
    } else if (typeof value === "object") noteAll(here, value);
    else leaves.set(here.join(within), textOf(name, value, timezone));
  };
  const noteAll = (path: readonly string[], value: object): void => {
    for (const [name, each] of Object.entries(value)) note(path, name, each);
  };
  noteAll([], view ?? {});
  return leaves;
}

/** Returns the name of a list item, so that items are compared regardless of their position. */
function nameOf(value: unknown, index: number): string {
  const { id, name, email } = (value ?? {}) as Record<string, unknown>;
  return [id, email, name].find((each) => typeof each === "string") ?? `${index + 1}`;
}

function wordsOf(name: string): string {
  return name.replace(/_seconds$/, "").replaceAll("_", " ");
}

function textOf(name: string, value: unknown, timezone: string): string {
  if (typeof value === "number" && name.endsWith("_seconds")) return formatExactly(value);
  if (typeof value !== "string") return String(value);
  const at = /^\d{4}-\d\d-\d\dT/.test(value) ? parseInstant(value) : undefined;
  return at === undefined ? value : formatMoment(at, timezone);
}
