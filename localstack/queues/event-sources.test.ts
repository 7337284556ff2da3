import { expect, test } from "vitest";
import { eventSources } from "./event-sources.ts";

const lookup = {
  ref: (logicalId: string) => (logicalId === "Jobs" ? "http://sqs/0/jobs" : undefined),
  attribute: (logicalId: string) => (logicalId === "Jobs" ? "arn:jobs" : undefined),
};
const arn = { "Fn::GetAtt": ["Jobs", "Arn"] };

test("every enabled sqs event becomes a source; other events, unknown queues and disabled ones don't", () => {
  const functions = {
    http: { events: [{}] },
    none: {},
    consumer: {
      events: [
        {
          sqs: { arn, batchSize: 5, maximumConcurrency: 3, functionResponseType: "ReportBatchItemFailures" },
        },
      ],
    },
    plain: { events: [{ sqs: { arn } }] },
    disabled: { events: [{ sqs: { arn, enabled: false } }] },
    foreign: { events: [{ sqs: { arn: "arn:aws:sqs:eu:1:elsewhere" } }] },
  };
  expect(eventSources(functions, lookup)).toEqual([
    {
      functionKey: "consumer",
      queueUrl: "http://sqs/0/jobs",
      arn: "arn:jobs",
      batchSize: 5,
      maximumConcurrency: 3,
      reportsFailures: true,
    },
    {
      functionKey: "plain",
      queueUrl: "http://sqs/0/jobs",
      arn: "arn:jobs",
      batchSize: 10,
      maximumConcurrency: 5,
      reportsFailures: false,
    },
  ]);
});
