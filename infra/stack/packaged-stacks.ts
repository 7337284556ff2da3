/** Templates of the parent and its nested stacks in a package. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stacks, StackTemplate } from "./nested-stacks.ts";

/** Returns the file name of a nested stack's template, in the package and in the deployment bucket. */
export function nestedFile(room: string): string {
  return `nested-${room}.json`;
}

/** Returns the file names of the nested stacks' templates by room. */
export function nestedFiles(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder).flatMap((name) => {
      const room = /^nested-(\w+)\.json$/.exec(name)?.[1];
      return room === undefined ? [] : [[room, name] as const];
    }),
  );
}

/** Reads the templates that `serverless package` wrote to a folder. */
export function readStacks(folder: string): Stacks {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8")) as StackTemplate;
  return {
    parent: read("cloudformation-template-update-stack.json"),
    nested: Object.fromEntries([...nestedFiles(folder)].map(([room, name]) => [room, read(name)])),
  };
}
