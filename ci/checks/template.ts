import { joinStacks, type Resource, type StackTemplate } from "../../infra/stack/nested-stacks.ts";
import { timeBudget } from "../../shared/domain/time-budget.ts";
import type { Check } from "./check.ts";
import { packaged, packagedWith } from "./packaged.ts";
import { resourceCounts, stackFaults } from "./stack-limits.ts";

/** Limit of metrics per alarm. */
const mostMetrics = 10;
/** Recommended by AWS, because retries may be throttled too. */
const visibilityPerTimeout = 6;

/** So many more endpoints have to fit, each with a function of its own, even if all of them are in the fullest area. */
const moreEndpoints = 100;
const fullestArea = "oncall";

export const template: Check = {
  name: "template",
  async run(root) {
    const [built, grown] = await Promise.all([
      packaged(root, "prod"),
      packagedWith(root, "prod", { endpoints: moreEndpoints, folder: fullestArea }),
    ]);
    return {
      faults: [
        ...stackFaults(built),
        ...templateFaults(joinStacks(built)),
        ...stackFaults(grown).map((fault) => `with ${moreEndpoints} more endpoints, ${fault}`),
      ],
      details: () =>
        `${resourceCounts(built)}\nwith ${moreEndpoints} more endpoints: ${resourceCounts(grown)}`,
    };
  },
};

/** Returns the missing required parts of a stack, by resource. */
export function templateFaults(template: StackTemplate): string[] {
  return [
    queueFaults,
    tableFaults,
    functionFaults,
    eventSourceFaults,
    roleFaults,
    gatewayFaults,
    alarmFaults,
  ].flatMap((faultsOf) => faultsOf(template));
}

function queueFaults(template: StackTemplate): string[] {
  const queues = ofType(template, "AWS::SQS::Queue");
  const deadLetterQueues = new Set(
    queues.map(([, { RedrivePolicy }]) => idOf(RedrivePolicy?.deadLetterTargetArn)),
  );
  return queues.flatMap(([id, { RedrivePolicy, SqsManagedSseEnabled, KmsMasterKeyId, FifoQueue }]) => {
    const target = template.Resources[idOf(RedrivePolicy?.deadLetterTargetArn) ?? ""];
    return faults(id, {
      "has no dead-letter queue in the stack": deadLetterQueues.has(id) || target?.Type === "AWS::SQS::Queue",
      "has a dead-letter queue of another type":
        !target || Boolean(target.Properties?.FifoQueue) === Boolean(FifoQueue),
      "is not encrypted": SqsManagedSseEnabled === true || Boolean(KmsMasterKeyId),
    });
  });
}

function tableFaults({ Resources }: StackTemplate): string[] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === "AWS::DynamoDB::Table")
    .flatMap(([id, { DeletionPolicy, UpdateReplacePolicy, Properties }]) =>
      faults(id, {
        "has no point-in-time recovery":
          Properties.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true,
        "has no time to live": Properties.TimeToLiveSpecification?.Enabled === true,
        "has no deletion protection": Properties.DeletionProtectionEnabled === true,
        "is not encrypted": Properties.SSESpecification?.SSEEnabled === true,
        "is not retained when the stack is deleted": /^Retain/.test(DeletionPolicy ?? ""),
        "remains after its creation is rolled back": DeletionPolicy === "RetainExceptOnCreate",
        "is not retained when it is replaced": UpdateReplacePolicy === "Retain",
      }),
    );
}

function functionFaults(template: StackTemplate): string[] {
  const groups = ofType(template, "AWS::Logs::LogGroup");
  const names = new Set(groups.map(([, { LogGroupName }]) => LogGroupName));
  return [
    ...groups.flatMap(([id, { RetentionInDays }]) =>
      faults(id, { "has logs that never expire": Number(RetentionInDays) > 0 }),
    ),
    ...ofType(template, "AWS::Lambda::Function").flatMap(
      ([id, { Architectures, FunctionName, LoggingConfig }]) =>
        faults(id, {
          "is not for arm64": Architectures?.length === 1 && Architectures[0] === "arm64",
          "logs to a group outside the stack": names.has(
            LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`,
          ),
        }),
    ),
  ];
}

function eventSourceFaults(template: StackTemplate): string[] {
  return ofType(template, "AWS::Lambda::EventSourceMapping").flatMap(
    ([id, { FunctionResponseTypes, ScalingConfig, EventSourceArn, FunctionName }]) => {
      const visibilitySeconds = propertiesOf(template, EventSourceArn).VisibilityTimeout ?? 30;
      const timeoutSeconds = propertiesOf(template, FunctionName).Timeout ?? 3;
      return faults(id, {
        "fails whole batches": FunctionResponseTypes?.includes("ReportBatchItemFailures") === true,
        "has no maximum concurrency": ScalingConfig?.MaximumConcurrency >= 2,
        [`hides messages for ${visibilitySeconds} s, but its function has a timeout of ${timeoutSeconds} s`]:
          visibilitySeconds >= visibilityPerTimeout * timeoutSeconds,
      });
    },
  );
}

function roleFaults(template: StackTemplate): string[] {
  const users = Map.groupBy(ofType(template, "AWS::Lambda::Function"), ([, { Role }]) => idOf(Role));
  return [
    ...[...users].flatMap(([role, functions]) =>
      faults(functions.map(([id]) => id).join(" and "), {
        "has no role in the stack": template.Resources[role ?? ""]?.Type === "AWS::IAM::Role",
        [`share ${role}`]: functions.length === 1,
      }),
    ),
    ...ofType(template, "AWS::IAM::Role").flatMap(([id, { Policies = [], ManagedPolicyArns = [] }]) => {
      const statements: Statement[] = Policies.flatMap(
        (policy: { PolicyDocument: { Statement: Statement[] } }) => policy.PolicyDocument.Statement,
      );
      return faults(id, {
        "has an AWS managed policy": ManagedPolicyArns.length === 0,
        "allows every action of a service": !statements.some(({ Action }) =>
          [Action].flat().some((action) => action.includes("*")),
        ),
        "allows any resource": !statements.some(({ Resource }) => [Resource].flat().some(isOpen)),
      });
    }),
  ];
}

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** Returns true for a wildcard, unless it follows the name of the stack. */
function isOpen(resource: unknown): boolean {
  const text = JSON.stringify(resource);
  const star = text.indexOf("*");
  return star !== -1 && !text.slice(0, star).includes('{"Ref":"AWS::StackName"},"/');
}

function gatewayFaults(template: StackTemplate): string[] {
  const routeKeys = new Set(
    ofType(template, "AWS::ApiGatewayV2::Route").map(([, { RouteKey }]): string => RouteKey),
  );
  return [
    ...ofType(template, "AWS::ApiGatewayV2::Stage").flatMap(([id, { DefaultRouteSettings }]) =>
      faults(id, {
        "has no request limit":
          DefaultRouteSettings?.ThrottlingRateLimit > 0 && DefaultRouteSettings?.ThrottlingBurstLimit > 0,
      }),
    ),
    ...ofType(template, "AWS::ApiGatewayV2::Integration").flatMap(([id, { CredentialsArn }]) =>
      faults(id, {
        "may not call its function": propertiesOf(template, CredentialsArn).Policies?.length > 0,
      }),
    ),
    ...[...routeKeys]
      .filter((key) => key.startsWith("GET ") && !routeKeys.has(key.replace("GET", "HEAD")))
      .map((key) => `${key} has no HEAD`),
    ...[...functionsOfGateway(template)].flatMap((id) => {
      const timeoutMs = (template.Resources[id]?.Properties?.Timeout ?? 3) * 1_000;
      return faults(id, {
        [`has a timeout of ${timeoutMs} ms, which is too short for requests of up to ${timeBudget.responseMs} ms`]:
          timeoutMs >= timeBudget.functionMs,
      });
    }),
  ];
}

/** Returns the functions that the gateway may invoke. */
function functionsOfGateway(template: StackTemplate): Set<string> {
  return new Set(
    ofType(template, "AWS::ApiGatewayV2::Integration").flatMap(
      ([, { IntegrationUri }]) => idOf(IntegrationUri) ?? [],
    ),
  );
}

function alarmFaults(template: StackTemplate): string[] {
  const alarms = ofType(template, "AWS::CloudWatch::Alarm");
  const watched = new Set(
    alarms.flatMap(([, { Metrics, MetricName, Dimensions }]) =>
      [
        ...(Metrics ?? []).map((query: MetricQuery) => query.MetricStat?.Metric),
        { MetricName, Dimensions },
      ].flatMap((metric) =>
        (metric?.Dimensions ?? []).map((dimension: Dimension) =>
          watch(idOf(dimension.Value), metric.MetricName),
        ),
      ),
    ),
  );
  const unless = (id: string, ...metrics: string[]) =>
    metrics
      .filter((metric) => !watched.has(watch(id, metric)))
      .map((metric) => `${id} has no alarm on ${metric}`);

  const eventSources = ofType(template, "AWS::Lambda::EventSourceMapping");
  const behindGateway = functionsOfGateway(template);
  return [
    ...alarms.flatMap(([id, { AlarmActions = [], Metrics = [] }]) =>
      faults(id, {
        "notifies no SNS topic": AlarmActions.some(
          (action: unknown) => template.Resources[idOf(action) ?? ""]?.Type === "AWS::SNS::Topic",
        ),
        [`has more than ${mostMetrics} metrics`]:
          Metrics.filter(({ MetricStat }: MetricQuery) => MetricStat).length <= mostMetrics,
      }),
    ),
    ...new Set(
      ofType(template, "AWS::SQS::Queue").flatMap(([, { RedrivePolicy }]) => {
        const id = idOf(RedrivePolicy?.deadLetterTargetArn);
        return id ? unless(id, "ApproximateNumberOfMessagesVisible") : [];
      }),
    ),
    ...eventSources.flatMap(([, { EventSourceArn }]) =>
      unless(idOf(EventSourceArn) ?? "", "ApproximateAgeOfOldestMessage"),
    ),
    ...ofType(template, "AWS::Lambda::Function")
      .filter(([id]) => !behindGateway.has(id))
      .flatMap(([id]) => unless(id, "Errors", "Throttles")),
    ...ofType(template, "AWS::ApiGatewayV2::Api").flatMap(([id]) => unless(id, "5xx")),
    ...ofType(template, "AWS::DynamoDB::Table").flatMap(([id]) => unless(id, "WriteThrottleEvents")),
  ];
}

interface Dimension {
  readonly Value: unknown;
}
interface MetricQuery {
  readonly MetricStat?: {
    readonly Metric: { readonly MetricName: string; readonly Dimensions: Dimension[] };
  };
}

function watch(id: string | undefined, metric: string): string {
  return `${id} ${metric}`;
}

function faults(id: string, claims: Readonly<Record<string, boolean>>): string[] {
  return Object.entries(claims).flatMap(([fault, holds]) => (holds ? [] : [`${id} ${fault}`]));
}

function ofType({ Resources }: StackTemplate, type: string): [string, Resource["Properties"]][] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties]);
}

/** Returns the logical ID that a Ref, a Fn::GetAtt or an ARN made of a Ref refers to. */
function idOf(value: unknown): string | undefined {
  const {
    Ref,
    "Fn::GetAtt": attribute,
    "Fn::Join": join,
  } = (value ?? {}) as { Ref?: string; "Fn::GetAtt"?: string[]; "Fn::Join"?: [string, unknown[]] };
  return Ref ?? attribute?.[0] ?? (join && idOf(join[1].at(-1)));
}

function propertiesOf({ Resources }: StackTemplate, reference: unknown): Resource["Properties"] {
  return Resources[idOf(reference) ?? ""]?.Properties ?? {};
}
