/**
 * CloudWatch alarms, emailed to OPERATORS_EMAIL. Few alarms cover many resources, because each alarm costs.
 * Errors and throttles of HTTP functions appear as 5xx at the gateway.
 */
import { join } from "node:path";
import { findFunctions, readYaml } from "./functions.ts";
import { lambdaId } from "./logical-ids.ts";

const root = join(import.meta.dirname, "../..");
const functions = await findFunctions(root);
const behindNoGateway = functions.filter(
  ({ definition }) => !definition.events?.some(({ httpApi }) => httpApi),
);
const consumed = functions.flatMap(({ definition }) =>
  (definition.events ?? []).flatMap(({ sqs }) =>
    sqs ? [(sqs.arn as { "Fn::GetAtt": [string] })["Fn::GetAtt"][0]] : [],
  ),
);
const deadLetterQueues = Object.keys(resourcesOf("queues")).filter((id) => id.endsWith("DeadLetterQueue"));

/** Maximum age of the oldest message. A timer waits for up to 900 seconds by design. */
const ageSeconds = (queue: string) => (queue === "IncidentTimersQueue" ? 1200 : 300);

// Variables that serverless resolves.
const operators = `\${self:custom.operators}`;
const prefix = `\${self:custom.names.prefix}`;

/** A CloudWatch metric. */
interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
}

interface Alarm {
  readonly description: string;
  /** Up to ten metrics, added up. Missing values count as 0. */
  readonly metrics: readonly Metric[];
  readonly statistic: "Sum" | "Maximum";
  readonly periodSeconds: number;
  /** Number of consecutive periods. */
  readonly periods: number;
  /** Threshold, inclusive. */
  readonly from: number;
}

export const alarms = {
  Conditions: {
    HasOperators: { "Fn::Not": [{ "Fn::Equals": [operators, ""] }] },
  },
  Resources: {
    // Not encrypted: alarms cannot publish to a topic with the AWS managed key, and their content is not
    // secret.
    OperatorsTopic: {
      Type: "AWS::SNS::Topic",
      Properties: { TopicName: `${prefix}-operators` },
    },
    OperatorsSubscription: {
      Type: "AWS::SNS::Subscription",
      Condition: "HasOperators",
      Properties: {
        TopicArn: { Ref: "OperatorsTopic" },
        Protocol: "email",
        Endpoint: operators,
      },
    },

    // Every dead letter is an alert, page or escalation that did not happen.
    ...Object.fromEntries(
      deadLetterQueues.map((queue) => [
        `${queue}Alarm`,
        alarm({
          description: `Dead letters in ${queue}. Inspect them with npm run dlq -- list: docs/operations.md`,
          metrics: [metricOf(queue, "ApproximateNumberOfMessagesVisible")],
          statistic: "Maximum",
          periodSeconds: 60,
          periods: 1,
          from: 1,
        }),
      ]),
    ),
    ...Object.fromEntries(
      consumed.map((queue) => [
        `${queue}AgeAlarm`,
        alarm({
          description: `The consumer of ${queue} is falling behind. Age of its oldest message in seconds`,
          metrics: [metricOf(queue, "ApproximateAgeOfOldestMessage")],
          statistic: "Maximum",
          periodSeconds: 60,
          periods: 3,
          from: ageSeconds(queue),
        }),
      ]),
    ),
    GatewayErrorsAlarm: alarm({
      description: "The API returns 5xx errors. Alerts from monitoring systems may be rejected",
      metrics: [{ namespace: "AWS/ApiGateway", name: "5xx", dimensions: { ApiId: { Ref: "HttpApi" } } }],
      statistic: "Sum",
      periodSeconds: 300,
      periods: 1,
      from: 5,
    }),
    FunctionErrorsAlarm: alarm({
      description: "A consumer or scheduled function fails and is retried. Its log contains the cause",
      metrics: behindNoGateway.map(({ name }) => metricOfFunction(name, "Errors")),
      statistic: "Sum",
      periodSeconds: 300,
      periods: 1,
      from: 3,
    }),
    FunctionThrottlesAlarm: alarm({
      description:
        "Consumers or scheduled functions are throttled. The account's concurrency quota is exhausted",
      metrics: behindNoGateway.map(({ name }) => metricOfFunction(name, "Throttles")),
      statistic: "Sum",
      periodSeconds: 300,
      periods: 1,
      from: 10,
    }),
    TableThrottlesAlarm: alarm({
      description:
        "Reads or writes of the table or an index exceed the throughput of a partition: docs/aws.md",
      metrics: [
        ...["ReadThrottleEvents", "WriteThrottleEvents"].map((name) => metricOfTable(name)),
        ...indexNames().map((index) =>
          metricOfTable("WriteThrottleEvents", { GlobalSecondaryIndexName: index }),
        ),
      ],
      statistic: "Sum",
      periodSeconds: 60,
      periods: 3,
      from: 10,
    }),
  },
};

function alarm({ description, metrics, statistic, periodSeconds, periods, from }: Alarm): object {
  return {
    Type: "AWS::CloudWatch::Alarm",
    Properties: {
      AlarmDescription: description,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: from,
      EvaluationPeriods: periods,
      TreatMissingData: "notBreaching",
      AlarmActions: [{ Ref: "OperatorsTopic" }],
      OKActions: [{ Ref: "OperatorsTopic" }],
      Metrics: [
        { Id: "all", Expression: "SUM(FILL(METRICS(), 0))", Label: description, ReturnData: true },
        ...metrics.map(({ namespace, name, dimensions }, index) => ({
          Id: `m${index}`,
          ReturnData: false,
          MetricStat: {
            Stat: statistic,
            Period: periodSeconds,
            Metric: {
              Namespace: namespace,
              MetricName: name,
              Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
            },
          },
        })),
      ],
    },
  };
}

function metricOf(queue: string, name: string): Metric {
  return {
    namespace: "AWS/SQS",
    name,
    dimensions: { QueueName: { "Fn::GetAtt": [queue, "QueueName"] } },
  };
}

function metricOfFunction(functionName: string, name: string): Metric {
  return { namespace: "AWS/Lambda", name, dimensions: { FunctionName: { Ref: lambdaId(functionName) } } };
}

function metricOfTable(name: string, more: Readonly<Record<string, string>> = {}): Metric {
  return { namespace: "AWS/DynamoDB", name, dimensions: { TableName: { Ref: "PlatformTable" }, ...more } };
}

function indexNames(): string[] {
  const { PlatformTable } = resourcesOf("tables");
  const { GlobalSecondaryIndexes = [] } = (PlatformTable?.Properties ?? {}) as {
    GlobalSecondaryIndexes?: { IndexName: string }[];
  };
  return GlobalSecondaryIndexes.map(({ IndexName }) => IndexName);
}

function resourcesOf(fragment: string): Readonly<Record<string, { readonly Properties: unknown }>> {
  const { Resources } = readYaml(join(root, `infra/stack/${fragment}.yml`)) as {
    Resources: Record<string, { Properties: unknown }>;
  };
  return Resources;
}
