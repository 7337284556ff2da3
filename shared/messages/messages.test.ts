import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";

const folder = import.meta.dirname;
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => file.slice(0, -".ts".length));
const examples = readdirSync(`${folder}/examples`);

/** The export that a file is named after. */
async function schemaOf(name: string): Promise<z.ZodType> {
  const exportName = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const exported: unknown = (await import(/* @vite-ignore */ `${folder}/${name}.ts`))[exportName];
  if (!(exported instanceof z.ZodType)) throw new Error(`${name}.ts exports no schema ${exportName}`);
  return exported;
}

const exampleOf = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(`${folder}/examples/${name}.json`, "utf8"));

/** Fields that only some messages have, or that older ones lack. */
const optional: ReadonlySet<string> = new Set(["context", "givenUpAfter", "incidentId", "labels"]);

test("there are messages, each with an example, and no example without one", () => {
  expect(names.length).toBeGreaterThan(3);
  expect(examples.toSorted()).toEqual(names.map((name) => `${name}.json`).toSorted());
});

describe.each(names)("%s", (name) => {
  test("has an example that stays the same when it is read and written", async () => {
    const schema = await schemaOf(name);
    const example = exampleOf(name);
    expect(schema.parse(example)).toEqual(example);
  });

  test("is of version 1, and of no other", async () => {
    const schema = await schemaOf(name);
    expect(schema.safeParse({ ...exampleOf(name), version: 2 }).success).toBe(false);
    expect(schema.safeParse({ ...exampleOf(name), version: undefined }).success).toBe(false);
  });

  test("lacks none of its fields but optional ones", async () => {
    const schema = await schemaOf(name);
    const example = exampleOf(name);
    for (const field of Object.keys(example)) {
      const { [field]: _, ...rest } = example;
      expect(schema.safeParse(rest).success, `without ${field}`).toBe(optional.has(field));
    }
  });
});
