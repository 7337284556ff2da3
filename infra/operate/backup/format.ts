/**
 * The file that a platform is carried in: a header, a line for each item as it lies in the table, and a last line with
 * their count, by which a file that was cut off is told from a whole one. JSON on each line.
 */
import * as z from "zod";
import { NewerItem } from "../../../shared/storage/entity.ts";
import { hasExpired, type Item } from "../../../shared/storage/table.ts";
import { Problem } from "../../problem.ts";
import { type Kind, kindOfItem } from "./kinds.ts";

const formatName = "incident-platform-export";
const formatVersion = 1;

const header = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  time: z.iso.datetime(),
  stage: z.string(),
});
const end = z.strictObject({ items: z.int().min(0) });
const key = z.looseObject({ pk: z.string().min(1), sk: z.string().min(1) });

/** The text of an export, a page of the table at a time; what has expired stays behind. */
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
    const living = page.filter((item) => !hasExpired(item, now));
    items += living.length;
    yield living.map((item) => `${JSON.stringify(item)}\n`).join("");
    written(items);
  }
  yield `${JSON.stringify({ items })}\n`;
}

/** An item of an export, brought to the version that this release writes. */
export interface Exported {
  readonly kind: Kind;
  readonly item: Item;
}

/**
 * The items of an export, one by one.
 *
 * @param name of the file, for people
 * @throws Problem that names the line, when it is no export, is of a later release, is damaged or was cut off
 */
export async function* readExport(chunks: AsyncIterable<string>, name: string): AsyncGenerator<Exported> {
  let line = 0;
  let last: z.output<typeof end> | undefined;
  const fault = (message: string) => new Problem(`${name}, line ${line}: ${message}.`);
  for await (const text of linesOf(chunks)) {
    line += 1;
    const value = parsed(text);
    if (value === undefined) throw fault("it is not JSON");
    if (line === 1) {
      checkHeader(value, fault);
      continue;
    }
    if (last) throw fault("it comes after the end");
    const asEnd = end.safeParse(value);
    if (asEnd.success) last = asEnd.data;
    else yield understood(value, fault);
  }
  if (!last) throw new Problem(`${name} was cut off after line ${line}.`);
  if (last.items !== line - 2) throw fault(`it counts ${last.items} items, and there are ${line - 2}`);
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
  if (!kind) throw fault(`${item.pk} ${item.sk} is of no kind that this release knows`);
  try {
    return { kind, item: kind.current(item) };
  } catch (error) {
    if (error instanceof NewerItem) throw fault(error.message);
    throw fault(`${item.pk} ${item.sk} is not a whole ${kind.name}: ${reasonOf(error)}`);
  }
}

/** Not by readline: to that, characters that JSON leaves alone end a line too. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ");
  }
  return error instanceof Error ? error.message : String(error);
}
