/** All functions of the stack, without the serverless CLI: HTTP functions, and those of functions/*.yml. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { FoundFunction, FunctionDefinition } from "./function-definition.ts";
import { httpFunctions } from "./http-functions.ts";
import { parseCloudFormation } from "./parse-cloudformation.ts";

export function readYaml(path: string): unknown {
  return parseCloudFormation(readFileSync(path, "utf8"));
}

export async function findFunctions(root: string): Promise<FoundFunction[]> {
  return [...(await httpFunctions(root)), ...eventFunctions(root)];
}

/** Returns queue consumers and scheduled functions. */
function eventFunctions(root: string): FoundFunction[] {
  return globSync("infra/stack/functions/*.yml", { cwd: root })
    .sort()
    .flatMap((file) =>
      Object.entries((readYaml(join(root, file)) ?? {}) as Record<string, FunctionDefinition>).map(
        ([name, definition]) => ({ name, area: basename(file, ".yml"), definition }),
      ),
    );
}
