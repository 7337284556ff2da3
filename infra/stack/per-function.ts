/**
 * What serverless.yml adds to every function of infra/stack/functions/: a role of its own, made of its row in
 * permissions.ts, its bundle as all that its package holds, and the log that it shares with its service.
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

const found = findFunctions(join(import.meta.dirname, "../.."));

export const functions = Object.fromEntries(
  found.map(({ name, service, definition: { handler, ...own } }) => [
    name,
    {
      disableLogs: true, // no log group of its own: a stack holds 500 resources
      logs: { logGroup: logGroupName(service) },
      role: { "Fn::GetAtt": [roleName(name), "Arn"] },
      package: {
        patterns: [
          handler.replace(/\.handler$/, ".mjs"),
          ...((own as { package?: { patterns?: string[] } }).package?.patterns ?? []),
        ],
      },
    },
  ]),
);

export const roles = {
  Resources: Object.fromEntries(found.map((each) => [roleName(each.name), roleOf(each)])),
};

export const logs = {
  Resources: Object.fromEntries(
    [...new Set(found.map(({ service }) => service))].map((service) => [
      logGroupId(service),
      {
        Type: "AWS::Logs::LogGroup",
        Properties: { LogGroupName: logGroupName(service), RetentionInDays: 30 },
      },
    ]),
  ),
};

function roleOf(each: FoundFunction): object {
  const own = statementsOf(each.service, permissions[each.name] ?? {});
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

/** Least first: its service's log, the table, indexes, queues (that of telemetry is everybody's), settings in the parameter store. */
export function statementsOf(service: string, allowed: Permissions): object[] {
  const { table = [], indexes = [], sends = [], consumes, redrives, probes = [], parameters } = allowed;
  return [
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], [arnOf(logGroupId(service))]),
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

function logGroupId(service: string): string {
  return `${capitalized(service)}LogGroup`;
}

function logGroupName(service: string): string {
  return `\${self:custom.names.prefix}/${service}`;
}

/** As serverless makes logical ids of function names. */
function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
