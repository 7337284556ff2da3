/** An export in one file or a folder, grouped by kind. */
import { globSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import { decoded } from "../operate/text-file.ts";
import { Problem } from "../problem.ts";
import { type ImportWarning, importOrWarn, Unsupported } from "./imported.ts";

/** Kinds are the plurals in the paths of the system's API. */
export type ExportRecords = Readonly<Record<string, readonly unknown[]>>;

export interface Document {
  readonly path: string;
  readonly json: unknown;
}

/** @throws Problem if there is nothing to read, or something that is not JSON */
export function readDocuments(path: string): Document[] {
  const paths = statSync(path).isDirectory()
    ? globSync("**/*.json", { cwd: path })
        .toSorted()
        .map((name) => join(path, name))
    : [path];
  if (paths.length === 0) throw new Problem(`There is no .json file in ${path}.`);
  return paths.map((each) => {
    try {
      return { path: each, json: JSON.parse(decoded(readFileSync(each))) as unknown };
    } catch (error) {
      throw new Problem(`${each} is not JSON: ${(error as Error).message}`);
    }
  });
}

const record = z.record(z.string(), z.unknown());

/**
 * Accepts all common formats of exports: `{users: […], schedules: […]}`, API responses (`{data: […]}`,
 * `{results: […]}`, `{schedule: {…}}`) in a file or folder named after the kind, a list, or a single item.
 */
export function recordsOf(documents: readonly Document[], kinds: readonly string[]): ExportRecords {
  const records: Record<string, unknown[]> = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (const { path, json } of documents) {
    const kind = kindOf(path, kinds);
    const named = record.safeParse(json).data ?? {};
    const inside = kinds.filter((each) => Array.isArray(named[each]));
    const single = kinds.find((each) => singular(each) in named && Object.keys(named).length === 1);
    if (inside.length > 0 && !(kind !== undefined && "id" in named)) {
      for (const each of inside) records[each]?.push(...listOf(named[each]));
    } else if (single !== undefined) records[single]?.push(named[singular(single)]);
    else if (kind !== undefined) records[kind]?.push(...listOf(named.data ?? named.results ?? json));
  }
  return records;
}

/** Parses the items of a kind and reports the faults of invalid ones. */
export function readAll<S extends z.ZodType>(
  records: ExportRecords,
  kind: string,
  schema: S,
  warnings: ImportWarning[],
): z.output<S>[] {
  return (records[kind] ?? []).flatMap((value, index) => {
    const read = importOrWarn(warnings, () =>
      parsed(calledIn(kind, value) ?? `${kind}[${index}]`, schema, value),
    );
    return read === undefined ? [] : [read];
  });
}

/** @throws Unsupported with the faults */
export function parsed<S extends z.ZodType>(what: string, schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`.trim());
  throw new Unsupported(
    what,
    faults.slice(0, 3).join("; "),
    "Fix it in the other system, or create it manually on this platform.",
  );
}

const named = z.object({
  id: z.union([z.string(), z.number()]).optional().catch(undefined),
  name: z.string().optional().catch(undefined),
  summary: z.string().optional().catch(undefined),
  username: z.string().optional().catch(undefined),
  email: z.string().optional().catch(undefined),
  alias: z.string().optional().catch(undefined),
});

/** Returns a readable name, such as `schedule "Payments" (P1)`; undefined if the item has none. */
function calledIn(kind: string, value: unknown): string | undefined {
  const one = singular(kind);
  const inner = record.safeParse(value).data?.[one];
  const thing = named.safeParse(inner ?? value).data;
  const name = thing?.name || thing?.summary || thing?.username || thing?.email || thing?.alias;
  const words = one.replaceAll(/_|(?=[A-Z])/g, " ").toLowerCase();
  if (name) return `${words} "${name}"${thing.id === undefined ? "" : ` (${thing.id})`}`;
  return thing?.id === undefined ? undefined : `${words} ${thing.id}`;
}

function kindOf(path: string, kinds: readonly string[]): string | undefined {
  const words = path.split(/[\\/]/).toReversed();
  const file = basename(path, ".json");
  return kinds.find((kind) => kind === file) ?? words.slice(1).find((word) => kinds.includes(word));
}

function singular(kind: string): string {
  return kind.endsWith("ies") ? `${kind.slice(0, -3)}y` : kind.slice(0, -1);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
