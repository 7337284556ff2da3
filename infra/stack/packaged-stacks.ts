/** Templates of the parent and its nested stacks in a package. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stacks, StackTemplate } from "./nested-stacks.ts";

/** Returns the file name of a nested stack's template, in the package and in the deployment bucket. */
export function nestedFile(area: string): string {
  return `nested-${area}.json`;
}

/** Returns the file names of the nested stacks' templates by area. */
export function nestedFiles(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const area = /^nested-(\w+)\.json$/.exec(name)?.[1];
      return area === undefined ? [] : [[area, name] as const];
    }),
  );
}

/** Reads the templates that `serverless package` wrote to a folder. */
export function readStacks(folder: string): Stacks {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as StackTemplate;
  return {
    parent: read("cloudformation-template-update-stack.json"),
    nested: Object.fromEntries([...nestedFiles(folder)].map(([area, name]) => [area, read(name)])),
  };
}
