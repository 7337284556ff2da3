/**
 * The functions of serverless.yml. Each has a role of its own, made of its row in permissions.ts, a package that holds
 * its bundle alone, and a log that it shares with its room.
 */
import { join } from "node:path";
import { apiKeyPrefixes } from "../../shared/storage/keys.ts";
import { type FoundFunction, findFunctions } from "./functions.ts";
import { asksForKeys, type Permissions, permissions, type Queue, tableActions } from "./permissions.ts";

/** Parameters of this stage alone. */
const parametersArn = {
  "Fn::Join": [
    "",
    [
      "arn:",
      { Ref: "AWS::Partition" },
      ":ssm:",
      { Ref: "AWS::Region" },
      ":",
      { Ref: "AWS::AccountId" },
      ":parameter/",
      { Ref: "AWS::StackName" },
      "/*",
    ],
  ],
};

/** Looking keys up, and noting that one was used: of the table those partitions alone, and no way to make a key. */
const keyStatements = [
  inPartitions("dynamodb:GetItem", [apiKeyPrefixes.digest, apiKeyPrefixes.use]),
  inPartitions("dynamodb:PutItem", [apiKeyPrefixes.use]),
];

const found = await findFunctions(join(import.meta.dirname, "../.."));

export const functions = Object.fromEntries(
  found.map(({ name, room, definition }) => [
    name,
    {
      ...definition,
      disableLogs: true, // no log group of its own
      logs: { logGroup: logGroupName(room) },
      role: { "Fn::GetAtt": [roleName(name), "Arn"] },
      package: {
        patterns: [definition.handler.replace(/\.handler$/, ".mjs"), ...(definition.package?.patterns ?? [])],
      },
    },
  ]),
);

export const roles = {
  Resources: Object.fromEntries(found.map((each) => [roleName(each.name), roleOf(each)])),
};

export const logs = {
  Resources: Object.fromEntries(
    [...new Set(found.map(({ room }) => room))].map((room) => [
      logGroupId(room),
      {
        Type: "AWS::Logs::LogGroup",
        Properties: { LogGroupName: logGroupName(room), RetentionInDays: 30 },
      },
    ]),
  ),
};

function roleOf(each: FoundFunction): object {
  const own = statementsOf(each.room, permissions[each.name] ?? {});
  const Statement = asksForKeys(each) ? [...own, ...keyStatements] : own;
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

function inPartitions(action: string, prefixes: readonly string[]): object {
  return {
    Effect: "Allow",
    Action: [action],
    Resource: [arnOf("PlatformTable")],
    Condition: {
      "ForAllValues:StringLike": { "dynamodb:LeadingKeys": prefixes.map((prefix) => `${prefix}*`) },
    },
  };
}

/** Least first: its room's log, the table, indexes, queues (that of telemetry is everybody's), settings in the parameter store. */
export function statementsOf(room: string, allowed: Permissions): object[] {
  const { table = [], indexes = [], sends = [], consumes, redrives, probes = [], parameters } = allowed;
  return [
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], [arnOf(logGroupId(room))]),
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
    allow(
      ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
      redrives ? [queueArn(redrives)] : [],
    ),
    allow(["sqs:GetQueueAttributes"], probes.map(queueArn)),
    allow(["ssm:GetParameters"], parameters ? [parametersArn] : []),
  ].flat();
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

export function lambdaId(functionName: string): string {
  return `${capitalized(functionName)}LambdaFunction`;
}

function roleName(functionName: string): string {
  return `${capitalized(functionName)}Role`;
}

function logGroupId(room: string): string {
  return `${capitalized(room)}LogGroup`;
}

function logGroupName(room: string): string {
  return `\${self:custom.names.prefix}/${room}`;
}

/** As serverless makes logical ids of function names. */
function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
