/** Reads infra/'s CloudFormation without the serverless CLI: for tests, which can't wait for its start. */
import { readFileSync } from "node:fs";
import { parse, type ScalarTag } from "yaml";
import { mergeResources, type Resources } from "./cloudformation.ts";

const TAGS = [
  { tag: "!Ref", resolve: (value) => ({ Ref: value }) },
  { tag: "!GetAtt", resolve: (value) => ({ "Fn::GetAtt": value.split(".") }) },
  { tag: "!Sub", resolve: (value) => ({ "Fn::Sub": value }) },
] satisfies ScalarTag[];

/** Tables and queues with their names filled in, as `resources` of serverless.yml resolves. */
export function readResources(root: string, stage: string): Resources {
  const service = readYaml(`${root}/serverless.yml`, {}) as { custom: { names: Record<string, string> } };
  const names = Object.fromEntries(
    Object.entries(service.custom.names).map(([name, value]) => [
      `self:custom.names.${name}`,
      fill(value, { "sls:stage": stage }),
    ]),
  );
  const variables = { "sls:stage": stage, ...names };
  return mergeResources(["tables", "queues"].map((name) => readYaml(`${root}/infra/${name}.yml`, variables)));
}

function readYaml(path: string, variables: Readonly<Record<string, string>>): unknown {
  return parse(fill(readFileSync(path, "utf8"), variables), { customTags: TAGS });
}

/** Replaces `${name}`; unknown names stay. */
function fill(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => variables[name] ?? whole);
}
