import { describe, expect, it } from "vitest";
import type { StackTemplate } from "../../infra/stack/nested-stacks.ts";
import { templateFaults } from "./template.ts";

const ref = (id: string) => ({ Ref: id });
const arn = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });

/** In place of a value: it isn't there. */
const nothing = Symbol("nothing");

/** One of each, as it should be. */
function sound() {
  return {
    Jobs: {
      Type: "AWS::SQS::Queue",
      Properties: {
        FifoQueue: true,
        VisibilityTimeout: 60,
        SqsManagedSseEnabled: true,
        RedrivePolicy: { deadLetterTargetArn: arn("DeadJobs"), maxReceiveCount: 5 },
      },
    },
    DeadJobs: { Type: "AWS::SQS::Queue", Properties: { FifoQueue: true, SqsManagedSseEnabled: true } },
    Table: {
      Type: "AWS::DynamoDB::Table",
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      },
    },
    Log: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "logs", RetentionInDays: 30 } },
    Work: aFunction("WorkRole"),
    Answer: aFunction("AnswerRole"),
    WorkRole: aRole(arn("Jobs")),
    AnswerRole: aRole({
      "Fn::Join": ["", ["arn:aws:ssm:x:1:parameter/", { Ref: "AWS::StackName" }, "/*"]],
    }),
    Source: {
      Type: "AWS::Lambda::EventSourceMapping",
      Properties: {
        EventSourceArn: arn("Jobs"),
        FunctionName: arn("Work"),
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        ScalingConfig: { MaximumConcurrency: 10 },
      },
    },
    Api: { Type: "AWS::ApiGatewayV2::Api", Properties: {} },
    Integration: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: { IntegrationUri: arn("Answer"), CredentialsArn: arn("ApiRole") },
    },
    Get: { Type: "AWS::ApiGatewayV2::Route", Properties: { RouteKey: "GET /things" } },
    Head: { Type: "AWS::ApiGatewayV2::Route", Properties: { RouteKey: "HEAD /things" } },
    ApiRole: aRole(arn("Answer"), "lambda:InvokeFunction"),
    Stage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: { DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 } },
    },
    Topic: { Type: "AWS::SNS::Topic", Properties: {} },
    DeadAlarm: anAlarm("DeadJobs", "ApproximateNumberOfMessagesVisible"),
    AgeAlarm: anAlarm("Jobs", "ApproximateAgeOfOldestMessage"),
    ErrorsAlarm: anAlarm("Work", "Errors"),
    ThrottlesAlarm: anAlarm("Work", "Throttles"),
    ApiAlarm: anAlarm("Api", "5xx"),
    TableAlarm: anAlarm("Table", "WriteThrottleEvents"),
  };
}

function aFunction(role: string) {
  return {
    Type: "AWS::Lambda::Function",
    Properties: {
      Architectures: ["arm64"],
      Timeout: 10,
      Role: arn(role),
      LoggingConfig: { LogGroup: "logs" },
    },
  };
}

function aRole(Resource: unknown, Action = "sqs:SendMessage") {
  const Statement = [{ Effect: "Allow", Action: [Action], Resource: [Resource] }];
  return { Type: "AWS::IAM::Role", Properties: { Policies: [{ PolicyDocument: { Statement } }] } };
}

function anAlarm(id: string, MetricName: string) {
  const Dimensions = [{ Name: "of", Value: ref(id) }];
  return {
    Type: "AWS::CloudWatch::Alarm",
    Properties: {
      AlarmActions: [ref("Topic")],
      Metrics: [{ MetricStat: { Metric: { MetricName, Dimensions } } }],
    },
  };
}

/** Sets what stands at a path, or takes it away. */
function faultsWith(path: string, value: unknown): string[] {
  const Resources = sound();
  const names = path.split(".");
  const last = names.pop() ?? "";
  const owner = names.reduce<object>((parent, name) => Reflect.get(parent, name), Resources);
  if (value === nothing) Reflect.deleteProperty(owner, last);
  else Reflect.set(owner, last, value);
  return templateFaults({ Resources } as StackTemplate);
}

it("a template that has everything has no faults", () => {
  expect(templateFaults({ Resources: sound() })).toEqual([]);
});

describe("finds", () => {
  it.each<[what: string, path: string, value: unknown, fault: string]>([
    // queues
    [
      "a queue without a dead-letter queue",
      "Jobs.Properties.RedrivePolicy",
      {},
      "Jobs has no dead-letter queue",
    ],
    ["a dead-letter queue that isn't there", "DeadJobs", nothing, "Jobs has no dead-letter queue"],
    [
      "one that can't take its messages",
      "DeadJobs.Properties.FifoQueue",
      false,
      "a dead-letter queue of another type",
    ],
    ["a queue in the clear", "Jobs.Properties.SqsManagedSseEnabled", false, "Jobs is not encrypted"],
    [
      "dead letters in the clear",
      "DeadJobs.Properties.SqsManagedSseEnabled",
      false,
      "DeadJobs is not encrypted",
    ],
    // the table
    [
      "a table that can't be restored",
      "Table.Properties.PointInTimeRecoverySpecification",
      nothing,
      "no point-in-time recovery",
    ],
    [
      "a table that never forgets",
      "Table.Properties.TimeToLiveSpecification.Enabled",
      false,
      "no time to live",
    ],
    [
      "a table without deletion protection",
      "Table.Properties.DeletionProtectionEnabled",
      false,
      "no deletion protection",
    ],
    ["a table in the clear", "Table.Properties.SSESpecification", nothing, "Table is not encrypted"],
    [
      "a table that goes with its stack",
      "Table.DeletionPolicy",
      "Delete",
      "not retained when the stack is deleted",
    ],
    [
      "a table that remains after its creation is rolled back",
      "Table.DeletionPolicy",
      "Retain",
      "Table remains after its creation is rolled back",
    ],
    [
      "a table that goes when replaced",
      "Table.UpdateReplacePolicy",
      nothing,
      "not retained when it is replaced",
    ],
    // functions
    ["batches that fail whole", "Source.Properties.FunctionResponseTypes", [], "Source fails whole batches"],
    [
      "consumers without a bound",
      "Source.Properties.ScalingConfig",
      nothing,
      "Source has no maximum concurrency",
    ],
    [
      "a message that comes back too soon",
      "Work.Properties.Timeout",
      11,
      "Source hides messages for 60 s, but its function has a timeout of 11 s",
    ],
    ["logs that stay", "Log.Properties.RetentionInDays", nothing, "Log has logs that never expire"],
    [
      "a log without retention",
      "Work.Properties.LoggingConfig",
      nothing,
      "Work logs to a group outside the stack",
    ],
    ["the dearer processor", "Work.Properties.Architectures", ["x86_64"], "Work is not for arm64"],
    // roles
    [
      "a role of two functions",
      "Work.Properties.Role",
      arn("AnswerRole"),
      "Work and Answer share AnswerRole",
    ],
    [
      "a role from elsewhere",
      "Work.Properties.Role",
      "arn:aws:iam::1:role/all",
      "Work has no role in the stack",
    ],
    ["a role for any resource", "WorkRole", aRole("*"), "WorkRole allows any resource"],
    [
      "a role for any queue",
      "WorkRole",
      aRole("arn:aws:sqs:eu-central-1:1:*"),
      "WorkRole allows any resource",
    ],
    ["a role for any action", "WorkRole", aRole(arn("Jobs"), "sqs:*"), "WorkRole allows every action"],
    [
      "a policy that AWS manages",
      "WorkRole.Properties.ManagedPolicyArns",
      ["arn:aws:iam::aws:policy/AdministratorAccess"],
      "WorkRole has an AWS managed policy",
    ],
    // the gateway and the alarms
    ["a gateway without a limit", "Stage.Properties.DefaultRouteSettings", {}, "Stage has no request limit"],
    ["a GET without its HEAD", "Head", nothing, "GET /things has no HEAD"],
    [
      "a gateway that may call nothing",
      "Integration.Properties.CredentialsArn",
      nothing,
      "Integration may not call its function",
    ],
    [
      "a function that is killed before its request has timed out",
      "Answer.Properties.Timeout",
      6,
      "Answer has a timeout of 6000 ms",
    ],
    [
      "dead letters without an alarm",
      "DeadAlarm",
      nothing,
      "DeadJobs has no alarm on ApproximateNumberOfMessagesVisible",
    ],
    [
      "a queue without an alarm on its age",
      "AgeAlarm",
      nothing,
      "Jobs has no alarm on ApproximateAgeOfOldestMessage",
    ],
    ["errors without an alarm", "ErrorsAlarm", nothing, "Work has no alarm on Errors"],
    ["throttles without an alarm", "ThrottlesAlarm", nothing, "Work has no alarm on Throttles"],
    ["a gateway without an alarm", "ApiAlarm", nothing, "Api has no alarm on 5xx"],
    ["a table without an alarm", "TableAlarm", nothing, "Table has no alarm on WriteThrottleEvents"],
    [
      "an alarm without an SNS topic",
      "AgeAlarm.Properties.AlarmActions",
      [],
      "AgeAlarm notifies no SNS topic",
    ],
    [
      "an alarm over too much",
      "AgeAlarm.Properties.Metrics",
      Array(11).fill({ MetricStat: {} }),
      "AgeAlarm has more than 10 metrics",
    ],
  ])("%s", (_, path, value, fault) => {
    expect(faultsWith(path, value).join("\n")).toContain(fault);
  });
});
