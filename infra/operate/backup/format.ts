/**
 * Export file format: a header, one line per stored item, and a last line with their count, which reveals
 * truncated files. Every line is JSON.
 */
import * as z from "zod";
import { parseJsonOrUndefined } from "../../../shared/domain/json.ts";
import { NewerItem } from "../../../shared/storage/entity.ts";
import { isOfSharding, withoutShards } from "../../../shared/storage/sharding/shards.ts";
import { hasExpired, type Item } from "../../../shared/storage/table.ts";
import { faultsOf } from "../../../shared/validation/faults.ts";
import { Problem } from "../../problem.ts";
import { type Kind, kindOfItem } from "./kinds.ts";

const formatName = "incident-platform-export";
const formatVersion = 1;
/** Faults that a message lists of one item. */
const maxFaults = 10;

const header = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  time: z.iso.datetime(),
  stage: z.string(),
});
const end = z.strictObject({ items: z.int().min(0) });
const key = z.looseObject({ pk: z.string().min(1), sk: z.string().min(1) });

/**
 * Yields the text of an export, one page of the table at a time. Expired items are omitted, and so are shards: the
 * platform that imports the others may have none.
 */
export async function* exportText(
  pages: AsyncIterable<readonly Item[]>,
  { stage, now, written }: { stage: string; now: number; written: (items: number) => void },
): AsyncGenerator<string> {
  const first: z.input<typeof header> = {
    format: formatName,
    version: formatVersion,
    time: new Date(now).toISOString(),
    stage,
  };
  yield `${JSON.stringify(first)}\n`;
  let items = 0;
  for await (const page of pages) {
    const living = page.filter((item) => !hasExpired(item, now) && !isOfSharding(item)).map(withoutShards);
    items += living.length;
    yield living.map((item) => `${JSON.stringify(item)}\n`).join("");
    written(items);
  }
  yield `${JSON.stringify({ items })}\n`;
}

/** An exported item, upgraded to the current version. */
interface Exported {
  readonly kind: Kind;
  readonly item: Item;
}

/**
 * Yields the items of an export.
 *
 * @param name of the file, for error messages
 * @throws Problem with the line, if it is not an export, is from a later release, damaged or truncated
 */
export async function* readExport(chunks: AsyncIterable<string>, name: string): AsyncGenerator<Exported> {
  let line = 0;
  let last: z.output<typeof end> | undefined;
  const fault = (message: string) => new Problem(`${name}, line ${line}: ${message}.`);
  for await (const text of linesOf(chunks)) {
    line += 1;
    const value = parseJsonOrUndefined(text);
    if (value === undefined) throw fault("it is not JSON");
    if (line === 1) {
      checkHeader(value, fault);
      continue;
    }
    if (last) throw fault("it is after the end of the export");
    const asEnd = end.safeParse(value);
    if (asEnd.success) last = asEnd.data;
    else yield understood(value, fault);
  }
  if (line === 0) throw new Problem(`${name} is empty.`);
  if (!last) throw new Problem(`${name} is truncated after line ${line}.`);
  if (last.items !== line - 2) throw fault(`it counts ${last.items} items, but there are ${line - 2}`);
}

function checkHeader(value: unknown, fault: (message: string) => Problem): void {
  const { format, version } = z.looseObject({}).catch({}).parse(value);
  if (format !== formatName) throw fault("it is not the header of an export");
  if (version !== formatVersion) {
    throw fault(`it is an export of format ${version}, and this release reads format ${formatVersion}`);
  }
  const result = header.safeParse(value);
  if (!result.success) throw fault(reasonOf(result.error));
}

function understood(value: unknown, fault: (message: string) => Problem): Exported {
  const keyed = key.safeParse(value);
  if (!keyed.success) throw fault("it is not an item");
  const item: Item = keyed.data;
  const kind = kindOfItem(item);
  if (!kind) throw fault(`${item.pk} ${item.sk} has a kind that this release does not know`);
  try {
    return { kind, item: kind.current(item) };
  } catch (error) {
    if (error instanceof NewerItem) throw fault(error.message);
    throw fault(`${item.pk} ${item.sk} is not a valid ${kind.name}: ${reasonOf(error)}`);
  }
}

/** Does not use readline, which also splits at characters that JSON does not escape. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const faults = faultsOf(error.issues, maxFaults);
    return faults.map(({ path, message }) => `${path}: ${message}`).join("; ");
  }
  return error instanceof Error ? error.message : String(error);
}
