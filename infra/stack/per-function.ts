/**
 * Generates the functions of serverless.yml. Each has a role from its row in permissions.ts, a package with only its
 * bundle and the files that it loads, and the shared log group of its area.
 */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { shardingPrefix } from "../../shared/storage/keys.ts";
import { filesOfBundle } from "../build/files-of-bundle.ts";
import { ownEnvironment } from "./channel-settings.ts";
import { configuredChannels } from "./configured-channels.ts";
import type { FoundFunction } from "./function-definition.ts";
import { findFunctions } from "./functions.ts";
import { logGroupId, roleId } from "./logical-ids.ts";
import {
  acceptsPeople,
  asksForKeys,
  keyLookups,
  type Permissions,
  permissions,
  personLookups,
  type Queue,
  shardingVerbs,
  tableActions,
} from "./permissions.ts";

const keyStatements = Object.entries(keyLookups).map(([verb, partitions]) =>
  inPartitions([tableActions[verb as keyof typeof keyLookups]], partitions),
);

/** For functions that accept people: reads accounts and roles, and the secret that signs sessions. */
const personStatements = [
  ...Object.entries(personLookups).map(([verb, prefixes]) =>
    inPartitions([tableActions[verb as keyof typeof personLookups]], prefixes),
  ),
  ...allow(["ssm:GetParameters"], parametersOf(["SIGNING_SECRET"])),
];

const root = join(import.meta.dirname, "../..");
const found = await findFunctions(root);
const metafile = join(root, "dist/meta.json");
const built: Pick<Metafile, "outputs"> = existsSync(metafile)
  ? JSON.parse(readFileSync(metafile, "utf8"))
  : { outputs: {} };

export const functions = Object.fromEntries(
  found.map(({ name, area, definition }) => [
    name,
    {
      ...definition,
      ...(ownEnvironment[name] && { environment: ownEnvironment[name] }),
      // Not the name of 0.1.0, whose flat stack still has its functions when the nested stacks make theirs. Lambda
      // allows 64 characters, 20 of them for the stage.
      name: `\${self:custom.names.prefix}-fn-${name}`,
      disableLogs: true, // no log group of its own
      logs: { logGroup: logGroupName(area) },
      role: { "Fn::GetAtt": [roleId(name), "Arn"] },
      package: {
        patterns: [
          ...filesOf(definition.handler.replace(/\.handler$/, ".mjs")),
          ...(definition.package?.patterns ?? []),
        ],
      },
    },
  ]),
);

/** Value of CONFIGURED_CHANNELS. */
export const channelsSetUp = configuredChannels(process.env);

export const roles = {
  Resources: Object.fromEntries(found.map((each) => [roleId(each.name), roleOf(each)])),
};

export const logs = {
  Resources: Object.fromEntries(
    [...new Set(found.map(({ area }) => area))].map((area) => [
      logGroupId(area),
      {
        Type: "AWS::Logs::LogGroup",
        Properties: { LogGroupName: logGroupName(area), RetentionInDays: 30 },
      },
    ]),
  ),
};

/** Returns a bundle and the files that it loads. */
function filesOf(bundle: string): string[] {
  const { first, later } = filesOfBundle(built.outputs, bundle);
  return [...first, ...later.flatMap(({ paths }) => paths)];
}

function roleOf(each: FoundFunction): object {
  const own = statementsOf(each.area, permissions[each.name] ?? {});
  const Statement = [
    ...own,
    ...(asksForKeys(each) ? keyStatements : []),
    ...(acceptsPeople(each) ? personStatements : []),
    ...shardingStatements(permissions[each.name] ?? {}),
  ];
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ],
      },
      Policies: [
        {
          PolicyName: "own",
          PolicyDocument: { Version: "2012-10-17", Statement },
        },
      ],
    },
  };
}

function shardingStatements(allowed: Permissions): object[] {
  const actions = shardingVerbs(allowed).map((verb) => tableActions[verb]);
  return actions.length > 0 ? [inPartitions(actions, [shardingPrefix])] : [];
}

function inPartitions(actions: readonly string[], prefixes: readonly string[]): object {
  return {
    Effect: "Allow",
    Action: actions,
    Resource: [arnOf("PlatformTable")],
    Condition: {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": prefixes.map((prefix) => `${prefix}*`) },
    },
  };
}

/**
 * Returns the statements of a role: its area's log, the table, indexes, queues (telemetry for all), and
 * parameters.
 */
export function statementsOf(area: string, allowed: Permissions): object[] {
  const { table = [], indexes = [], sends = [], consumes, probes = [], parameters = [] } = allowed;
  const { redrives = [], inspects = [] } = allowed;
  return [
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], [arnOf(logGroupId(area))]),
    allow(
      table.map((verb) => tableActions[verb]),
      [arnOf("PlatformTable")],
    ),
    allow(
      ["dynamodb:Query"],
      indexes.map((index) => ({ "Fn::Join": ["/", [arnOf("PlatformTable"), "index", index]] })),
    ),
    allow(["sqs:SendMessage"], [...sends, "Telemetry" as const].map(queueArn)),
    allow(
      ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
      consumes ? [queueArn(consumes)] : [],
    ),
    allow(["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"], redrives.map(queueArn)),
    allow(["sqs:ReceiveMessage", "sqs:ChangeMessageVisibility"], inspects.map(queueArn)),
    allow(["sqs:GetQueueAttributes"], probes.map(queueArn)),
    allow(["ssm:GetParameters"], parametersOf(parameters)),
  ].flat();
}

/** Returns the ARNs of the parameters that settings refer to. The reference may name a version or label after a colon. */
function parametersOf(settings: readonly string[]): object[] {
  const names = settings.flatMap((setting) => /^ssm:(\/[^:]+)/.exec(process.env[setting] ?? "")?.[1] ?? []);
  const [partition, region, account] = ["Partition", "Region", "AccountId"].map((part) => ({
    Ref: `AWS::${part}`,
  }));
  return [...new Set(names)].map((name) => ({
    "Fn::Join": ["", ["arn:", partition, ":ssm:", region, ":", account, `:parameter${name}`]],
  }));
}

function allow(actions: readonly string[], resources: readonly object[]): object[] {
  return actions.length > 0 && resources.length > 0
    ? [{ Effect: "Allow", Action: actions, Resource: resources }]
    : [];
}

function queueArn(queue: Queue): object {
  return arnOf(`${queue}Queue`);
}

function arnOf(logicalId: string): object {
  return { "Fn::GetAtt": [logicalId, "Arn"] };
}

function logGroupName(area: string): string {
  return `\${self:custom.names.prefix}/${area}`;
}
