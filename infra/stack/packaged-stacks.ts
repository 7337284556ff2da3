/** The templates of the parent and of its nested stacks, as a package holds them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stacks, StackTemplate } from "./nested-stacks.ts";

/** The name of a nested stack's template in a package, and beside the packages of functions in the bucket. */
export function nestedFile(room: string): string {
  return `nested-${room}.json`;
}

/** Returns the names of the nested stacks' templates, by room. */
export function nestedFiles(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const room = /^nested-(\w+)\.json$/.exec(name)?.[1];
      return room === undefined ? [] : [[room, name] as const];
    }),
  );
}

/** Reads what `serverless package` wrote to a folder. */
export function readStacks(folder: string): Stacks {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as StackTemplate;
  return {
    parent: read("cloudformation-template-update-stack.json"),
    nested: Object.fromEntries([...nestedFiles(folder)].map(([room, name]) => [room, read(name)])),
  };
}
