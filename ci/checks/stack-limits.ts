/** What CloudFormation and IAM allow of one stack, nested or not: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
import type { Stacks, StackTemplate } from "../../infra/stack/nested-stacks.ts";

const mostResources = 500;
const mostParameters = 200;
const mostOutputs = 200;
const mostBytes = 1_000_000;
/** All policies of a role together, without the spaces in them. */
const mostPolicyCharacters = 10_240;
/** Of the longest ARN of a function: that of a stage of 20 letters. */
const arnCharacters = 115;

/** Returns which limits the parent or a nested stack exceeds. */
export function stackFaults({ parent, nested }: Stacks): string[] {
  return Object.entries({ parent, ...nested }).flatMap(([name, template]) => faultsOf(name, template));
}

/** Returns how many resources each stack has. */
export function roomIn({ parent, nested }: Stacks): string {
  return Object.entries({ parent, ...nested })
    .map(([name, { Resources }]) => `${name} ${Object.keys(Resources).length}`)
    .join(", ");
}

function faultsOf(name: string, template: StackTemplate): string[] {
  const { Resources, Parameters = {}, Outputs = {} } = template;
  const most = (what: string, count: number, limit: number) =>
    count > limit ? [`the stack ${name} has ${count} ${what}; it may have ${limit}`] : [];
  return [
    ...most("resources", Object.keys(Resources).length, mostResources),
    ...most("parameters", Object.keys(Parameters).length, mostParameters),
    ...most("outputs", Object.keys(Outputs).length, mostOutputs),
    ...most("bytes", JSON.stringify(template).length, mostBytes),
    ...Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
      Type === "AWS::IAM::Role"
        ? most(`characters of policies in ${id}`, policyCharacters(Properties.Policies), mostPolicyCharacters)
        : [],
    ),
  ];
}

/** Counts each Ref, Fn::GetAtt and Fn::Join as the longest ARN that it can become. */
function policyCharacters(policies: unknown): number {
  let references = 0;
  const text = JSON.stringify(policies, (_, value) => {
    const isReference =
      typeof value === "object" &&
      value !== null &&
      Object.keys(value).some((key) => /^(Ref|Fn::.*)$/.test(key));
    if (!isReference) return value;
    references += 1;
    return "";
  });
  return text.length + references * arnCharacters;
}
