/** Reads the CloudFormation of infra/ without the serverless CLI, whose start is too slow for tests. */
import { readFileSync } from "node:fs";
import { type Lookup, mergeResources, type Resources, resolveIntrinsics } from "./cloudformation.ts";
import { parseCloudFormation } from "./parse-cloudformation.ts";

/** Returns tables and queues with their names, like `resources` of serverless.yml. */
export function readResources(root: string, stage: string): Resources {
  const variables = namesOf(root, stage);
  return mergeResources(
    ["tables", "queues"].map((name) => readYaml(`${root}/infra/stack/${name}.yml`, variables)),
  );
}

/** Returns the functions' environment, like `provider.environment` of serverless.yml. */
export function readEnvironment(root: string, stage: string, lookup: Lookup): Record<string, string> {
  const environment = readYaml(`${root}/infra/stack/environment.yml`, namesOf(root, stage));
  return resolveIntrinsics(environment, lookup) as Record<string, string>;
}

function namesOf(root: string, stage: string): Record<string, string> {
  const variables: Record<string, string> = { "sls:stage": stage };
  const { custom } = readYaml(`${root}/serverless.yml`, variables) as {
    custom: { names: Record<string, string> };
  };
  for (const [name, value] of Object.entries(custom.names)) variables[`self:custom.names.${name}`] = value;
  return variables;
}

function readYaml(path: string, variables: Readonly<Record<string, string>>): unknown {
  return parseCloudFormation(fill(readFileSync(path, "utf8"), variables));
}

/** Replaces `${name}` and the default of `${env:NAME, 'default'}`. Others stay. */
function fill(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\{([^},]+)(?:, ('[^']*'))?\}/g,
    (whole, name: string, fallback: string | undefined) => variables[name] ?? fallback ?? whole,
  );
}
