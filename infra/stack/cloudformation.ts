/** Converts CloudFormation resources of infra/ to SDK inputs. Pure functions. */
import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";

export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export type Resources = Readonly<Record<string, Resource>>;

/** Resolves Ref and Fn::GetAtt; undefined if unknown. */
export interface Lookup {
  ref(logicalId: string): string | undefined;
  attribute(logicalId: string, name: string): string | undefined;
}

const KIND = new Set(["FifoQueue", "DeduplicationScope", "FifoThroughputLimit"]);
const NO_ATTRIBUTE = new Set(["QueueName", "Tags"]);

export interface QueueInput {
  readonly logicalId: string;
  readonly name: string;
  /** FIFO attributes, which can only be set at creation. */
  readonly kind: Readonly<Record<string, string>>;
}

export interface TableInput {
  readonly logicalId: string;
  readonly create: CreateTableCommandInput & { TableName: string };
  readonly timeToLiveAttribute: string | undefined;
}

/** Merges `resources` of a serverless.yml: one template or a list of fragments. */
export function mergeResources(templates: unknown): Resources {
  const fragments = (Array.isArray(templates) ? templates : [templates]) as { Resources?: Resources }[];
  return Object.assign({}, ...fragments.map((fragment) => fragment?.Resources));
}

/** Replaces Ref and Fn::GetAtt everywhere. Unknown ones stay. */
export function resolveIntrinsics(value: unknown, lookup: Lookup): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveIntrinsics(item, lookup));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [key, argument] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (key === "Ref" && typeof argument === "string") return lookup.ref(argument) ?? value;
  if (key === "Fn::GetAtt") {
    const [logicalId = "", name = ""] = Array.isArray(argument) ? argument : String(argument).split(".");
    return lookup.attribute(logicalId, name) ?? value;
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, resolveIntrinsics(item, lookup)]));
}

export function queueInputs(resources: Resources): QueueInput[] {
  return ofType(resources, "AWS::SQS::Queue").map(([logicalId, properties]) => ({
    logicalId,
    name: String(properties.QueueName),
    kind: strings(Object.entries(properties).filter(([name]) => KIND.has(name))),
  }));
}

/** Returns all other queue attributes, which can also be set on an existing queue. */
export function queueAttributes(
  resources: Resources,
  logicalId: string,
  lookup: Lookup,
): Record<string, string> {
  const properties = resolveIntrinsics(resources[logicalId]?.Properties ?? {}, lookup) as object;
  return strings(Object.entries(properties).filter(([name]) => !KIND.has(name) && !NO_ATTRIBUTE.has(name)));
}

/** Converts attributes to SQS's format: strings, with policies as JSON. */
function strings(entries: [string, unknown][]): Record<string, string> {
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)]),
  );
}

/**
 * Returns table inputs without deletion protection, backups, encryption and tags, which emulators do not
 * support.
 */
export function tableInputs(resources: Resources): TableInput[] {
  return ofType(resources, "AWS::DynamoDB::Table").map(([logicalId, properties]) => {
    const { TableName, BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = properties;
    const create = { TableName, BillingMode, AttributeDefinitions, KeySchema, GlobalSecondaryIndexes };
    const timeToLive = properties.TimeToLiveSpecification as
      | { AttributeName: string; Enabled: boolean }
      | undefined;
    return {
      logicalId,
      create: create as TableInput["create"],
      timeToLiveAttribute: timeToLive?.Enabled ? timeToLive.AttributeName : undefined,
    };
  });
}

function ofType(resources: Resources, type: string): [string, Readonly<Record<string, unknown>>][] {
  return Object.entries(resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([logicalId, resource]) => [logicalId, resource.Properties ?? {}]);
}
