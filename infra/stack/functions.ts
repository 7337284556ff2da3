/** infra/stack/functions/*.yml as they stand, without the serverless CLI. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse, type ScalarTag } from "yaml";

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
  /** `dist/functions/<service>/<file>.handler` */
  readonly handler: string;
  readonly timeout?: number;
  readonly events?: readonly FunctionEvent[];
}

export interface FoundFunction {
  readonly name: string;
  /** The file of infra/stack/functions/, without its ending. */
  readonly service: string;
  readonly definition: FunctionDefinition;
}

const tags = [
  { tag: "!Ref", resolve: (value) => ({ Ref: value }) },
  { tag: "!GetAtt", resolve: (value) => ({ "Fn::GetAtt": value.split(".") }) },
  { tag: "!Sub", resolve: (value) => ({ "Fn::Sub": value }) },
] satisfies ScalarTag[];

/** YAML with the short forms of CloudFormation's functions. */
export function readYaml(path: string): unknown {
  return parse(readFileSync(path, "utf8"), { customTags: tags });
}

export function findFunctions(root: string): FoundFunction[] {
  return globSync("infra/stack/functions/*.yml", { cwd: root })
    .sort()
    .flatMap((file) =>
      Object.entries((readYaml(join(root, file)) ?? {}) as Record<string, FunctionDefinition>).map(
        ([name, definition]) => ({ name, service: basename(file, ".yml"), definition }),
      ),
    );
}
