import { expect, test } from "vitest";
import {
  mergeResources,
  queueAttributes,
  queueInputs,
  resolveIntrinsics,
  tableInputs,
} from "./cloudformation.ts";

const lookup = {
  ref: (logicalId: string) => (logicalId === "Jobs" ? "http://sqs/0/jobs" : undefined),
  attribute: (logicalId: string, name: string) =>
    logicalId === "Dead" && name === "Arn" ? "arn:aws:sqs:eu:0:dead" : undefined,
};

const queues = {
  Jobs: {
    Type: "AWS::SQS::Queue",
    Properties: {
      QueueName: "jobs.fifo",
      FifoQueue: true,
      DeduplicationScope: "messageGroup",
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": ["Dead", "Arn"] }, maxReceiveCount: 5 },
      Tags: [{ Key: "team", Value: "platform" }],
    },
  },
};

test("fragments of resources become one, and a single template is itself", () => {
  const fragments = [{ Resources: { A: { Type: "a" } } }, undefined, { Resources: { B: { Type: "b" } } }];
  expect(mergeResources(fragments)).toEqual({ A: { Type: "a" }, B: { Type: "b" } });
  expect(mergeResources({ Resources: queues })).toEqual(queues);
});

test("a queue is created with its FIFO attributes, and gets the others in the form of SQS", () => {
  expect(queueInputs(queues)).toEqual([
    { logicalId: "Jobs", name: "jobs.fifo", kind: { FifoQueue: "true", DeduplicationScope: "messageGroup" } },
  ]);
  expect(queueAttributes(queues, "Jobs", lookup)).toEqual({
    VisibilityTimeout: "60",
    RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu:0:dead","maxReceiveCount":5}',
  });
});

test("Ref and GetAtt are resolved at any depth, in both spellings; unknown ones stay", () => {
  const value = {
    url: { Ref: "Jobs" },
    list: [{ "Fn::GetAtt": "Dead.Arn" }, { "Fn::GetAtt": ["Dead", "Arn"] }],
    unknown: { Ref: "Elsewhere" },
    text: "plain",
  };
  expect(resolveIntrinsics(value, lookup)).toEqual({
    url: "http://sqs/0/jobs",
    list: ["arn:aws:sqs:eu:0:dead", "arn:aws:sqs:eu:0:dead"],
    unknown: { Ref: "Elsewhere" },
    text: "plain",
  });
});

test("a table keeps its keys and loses what only AWS knows", () => {
  const Properties = {
    TableName: "items",
    BillingMode: "PAY_PER_REQUEST",
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  };
  const [table] = tableInputs({ Items: { Type: "AWS::DynamoDB::Table", Properties }, ...queues });
  expect(table?.timeToLiveAttribute).toBe("expiresAt");
  expect(table?.create).toEqual({
    TableName: "items",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: Properties.AttributeDefinitions,
    KeySchema: Properties.KeySchema,
    GlobalSecondaryIndexes: undefined,
  });
});
