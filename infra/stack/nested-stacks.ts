/**
 * Splits a compiled stack, because a stack holds at most 500 resources. The functions of each area go to a nested stack,
 * with their roles, integrations and event sources. The table, the queues, the API with its routes, logs and alarms stay
 * in the parent, under their old logical IDs. All stacks are deployed, updated and rolled back as one.
 */
import { stackId } from "./logical-ids.ts";

/** A resource as `serverless package` writes it: the fields that are read here and by checks. */
export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly DependsOn?: string | readonly string[];
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation has a thousand shapes
  readonly Properties?: any;
}

export interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

export interface Stacks {
  readonly parent: StackTemplate;
  /** Templates by area. */
  readonly nested: Readonly<Record<string, StackTemplate>>;
}

/** A Ref, or a Fn::GetAtt if there is an attribute. */
interface Reference {
  readonly id: string;
  readonly attribute?: string;
}

/**
 * Returns the parent and its nested stacks.
 *
 * @param areaOf returns the area of a resource; undefined if it stays in the parent
 * @param urlOf returns the URL of an area's template
 */
export function nestStacks(
  whole: StackTemplate,
  areaOf: (id: string, resource: Resource) => string | undefined,
  urlOf: (area: string) => unknown,
): Stacks {
  const areas = new Map(
    Object.entries(whole.Resources).flatMap(([id, resource]) => {
      const area = areaOf(id, resource);
      return area === undefined ? [] : [[id, area] as const];
    }),
  );
  const outputs: Record<string, Record<string, { Value: unknown }>> = {};
  const parent = rewritten(
    without(whole.Resources, (id) => areas.has(id)),
    (reference, original) => {
      const area = areas.get(reference.id);
      if (area === undefined) return undefined;
      outputs[area] ??= {};
      outputs[area][nameOf(reference)] = { Value: original };
      return { "Fn::GetAtt": [stackId(area), `Outputs.${nameOf(reference)}`] };
    },
  );
  const stacks = [...new Set(areas.values())].sort().map((area) => {
    const values: Record<string, unknown> = {};
    const own = rewritten(
      without(whole.Resources, (id) => areas.get(id) !== area),
      (reference, original) => {
        const other = areas.get(reference.id);
        if (other === area) return spelledArn(reference, whole.Resources[reference.id]?.Type);
        if (isEverywhere(reference.id)) return undefined;
        if (other !== undefined) throw new Error(`${area} refers to ${reference.id}, which is in ${other}`);
        values[nameOf(reference)] = original;
        return { Ref: nameOf(reference) };
      },
    );
    const before = Object.values(own)
      .flatMap(({ DependsOn = [] }) => DependsOn)
      .filter((id) => !areas.has(id));
    return { area, own, values, before: [...new Set(before)] };
  });
  return {
    parent: {
      ...whole,
      Resources: {
        ...mapped(parent, ({ DependsOn, ...rest }) => ({
          ...rest,
          ...(DependsOn && { DependsOn: [...new Set([DependsOn].flat().map(stackOr))] }),
        })),
        ...Object.fromEntries(
          stacks.map(({ area, values, before }) => [
            stackId(area),
            {
              Type: "AWS::CloudFormation::Stack",
              ...(before.length > 0 && { DependsOn: before }),
              Properties: { TemplateURL: urlOf(area), Parameters: values },
            },
          ]),
        ),
      },
    },
    nested: Object.fromEntries(
      stacks.map(({ area, own, values }) => [
        area,
        {
          AWSTemplateFormatVersion: "2010-09-09",
          Description: `The functions of ${area} of the incident platform`,
          Parameters: mapped(values, () => ({ Type: "String" })),
          Resources: mapped(own, ({ DependsOn, ...rest }) => {
            const here = [DependsOn ?? []].flat().filter((id) => areas.has(id));
            return { ...rest, ...(here.length > 0 && { DependsOn: here }) };
          }),
          Outputs: outputs[area] ?? {},
        },
      ]),
    ),
  };

  function stackOr(id: string): string {
    const area = areas.get(id);
    return area === undefined ? id : stackId(area);
  }
}

/** Joins all stacks to one template. @throws Error if two stacks use the same logical ID */
export function joinStacks({ parent, nested }: Stacks): StackTemplate {
  const resources: Record<string, Resource> = {};
  const add = (own: Readonly<Record<string, Resource>>) => {
    for (const [id, resource] of Object.entries(own)) {
      if (resources[id]) throw new Error(`Two stacks have a resource ${id}`);
      resources[id] = resource;
    }
  };
  const stackIds = new Map(Object.keys(nested).map((area) => [stackId(area), area]));
  add(
    rewritten(
      without(parent.Resources, (id) => stackIds.has(id)),
      ({ id, attribute }) => {
        const area = stackIds.get(id);
        const output = attribute?.replace(/^Outputs\./, "") ?? "";
        return area === undefined ? undefined : nested[area]?.Outputs?.[output]?.Value;
      },
    ),
  );
  for (const [area, template] of Object.entries(nested)) {
    const given = parent.Resources[stackId(area)]?.Properties?.Parameters ?? {};
    add(rewritten(template.Resources, ({ id }) => given[id]));
  }
  return { ...parent, Resources: resources };
}

/** Start of an ARN before the name, by resource type. */
const arnStarts: Readonly<Record<string, readonly unknown[]>> = {
  "AWS::IAM::Role": [":iam::", { Ref: "AWS::AccountId" }, ":role/"],
  "AWS::Events::Rule": [":events:", { Ref: "AWS::Region" }, ":", { Ref: "AWS::AccountId" }, ":rule/"],
};

/**
 * Returns the ARN spelled out from the name, instead of an attribute. MiniStack loses the attributes of resources that an
 * update of a nested stack leaves unchanged.
 */
function spelledArn({ id, attribute }: Reference, type = ""): unknown {
  const start = attribute === "Arn" ? arnStarts[type] : undefined;
  return start && { "Fn::Join": ["", ["arn:", { Ref: "AWS::Partition" }, ...start, { Ref: id }]] };
}

/** Returns the name of a parameter or output. */
function nameOf({ id, attribute = "" }: Reference): string {
  return `${id}${attribute}`.replace(/[^A-Za-z0-9]/g, "");
}

/** Returns true for pseudo parameters with the same value in every stack. */
function isEverywhere(id: string): boolean {
  return id.startsWith("AWS::") && !/^AWS::Stack(Name|Id)$/.test(id);
}

/** @param replace returns the replacement of a reference; undefined to keep it */
function rewritten(
  resources: Readonly<Record<string, Resource>>,
  replace: (reference: Reference, original: object) => unknown,
): Record<string, Resource> {
  return mapped(resources, ({ Properties, ...rest }) => ({
    ...rest,
    ...(Properties && { Properties: walk(Properties) }),
  }));

  function walk(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== "object" || value === null) return value;
    const reference = referenceOf(value);
    if (reference) return replace(reference, value) ?? value;
    return mapped(value as Record<string, unknown>, walk);
  }
}

function referenceOf(value: object): Reference | undefined {
  const { Ref, "Fn::GetAtt": path, "Fn::Sub": text } = value as Record<string, unknown>;
  if (text !== undefined) throw new Error(`Fn::Sub hides references: ${JSON.stringify(text)}`);
  if (typeof Ref === "string") return { id: Ref };
  if (path === undefined) return undefined;
  const [id = "", ...attribute] = typeof path === "string" ? path.split(".") : (path as string[]);
  return { id, attribute: attribute.join(".") };
}

function without(
  resources: Readonly<Record<string, Resource>>,
  isRemoved: (id: string) => boolean,
): Record<string, Resource> {
  return Object.fromEntries(Object.entries(resources).filter(([id]) => !isRemoved(id)));
}

function mapped<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
