/** All functions of the stack, without the serverless CLI: HTTP functions, and those of functions/*.yml. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse, type ScalarTag } from "yaml";
import { httpFunctions } from "./http-functions.ts";

export interface SqsEvent {
  readonly arn: unknown;
  readonly batchSize?: number;
  readonly maximumConcurrency?: number;
  readonly functionResponseType?: string;
}

export interface FunctionEvent {
  readonly httpApi?: "*" | { readonly method: string; readonly path: string };
  readonly sqs?: SqsEvent;
  readonly schedule?: unknown;
}

export interface FunctionDefinition {
  /** `dist/functions/<room>/<file>.handler` */
  readonly handler: string;
  readonly timeout?: number;
  readonly package?: { readonly patterns: readonly string[] };
  readonly events?: readonly FunctionEvent[];
}

export interface FoundFunction {
  readonly name: string;
  /** Folder in functions/. */
  readonly room: string;
  readonly definition: FunctionDefinition;
}

const tags = [
  { tag: "!Ref", resolve: (value) => ({ Ref: value }) },
  { tag: "!GetAtt", resolve: (value) => ({ "Fn::GetAtt": value.split(".") }) },
  { tag: "!Sub", resolve: (value) => ({ "Fn::Sub": value }) },
] satisfies ScalarTag[];

/** Parses YAML with CloudFormation's short function syntax. */
export function readYaml(path: string): unknown {
  return parse(readFileSync(path, "utf8"), { customTags: tags });
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
        ([name, definition]) => ({ name, room: basename(file, ".yml"), definition }),
      ),
    );
}
