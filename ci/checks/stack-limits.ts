/** Limits of CloudFormation and IAM for one stack, nested or not: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
import type { Stacks, StackTemplate } from "../../infra/stack/nested-stacks.ts";

const maxResources = 500;
const maxParameters = 200;
const maxOutputs = 200;
const maxBytes = 1_000_000;
/** Limit for all policies of a role together, without whitespace. */
const maxPolicyCharacters = 10_240;
/** Length of the longest ARN of a function, in a stage with 20 letters. */
const arnCharacters = 115;

/** Returns the limits that the parent or a nested stack exceeds. */
export function stackFaults({ parent, nested }: Stacks): string[] {
  return Object.entries({ parent, ...nested }).flatMap(([name, template]) => faultsOf(name, template));
}

/** Returns the number of resources of each stack. */
export function resourceCounts({ parent, nested }: Stacks): string {
  return Object.entries({ parent, ...nested })
    .map(([name, { Resources }]) => `${name} ${Object.keys(Resources).length}`)
    .join(", ");
}

function faultsOf(name: string, template: StackTemplate): string[] {
  const { Resources, Parameters = {}, Outputs = {} } = template;
  const exceeded = (what: string, count: number, limit: number) =>
    count > limit ? [`stack ${name} has ${count} ${what}; the limit is ${limit}`] : [];
  return [
    ...exceeded("resources", Object.keys(Resources).length, maxResources),
    ...exceeded("parameters", Object.keys(Parameters).length, maxParameters),
    ...exceeded("outputs", Object.keys(Outputs).length, maxOutputs),
    ...exceeded("bytes", JSON.stringify(template).length, maxBytes),
    ...Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
      Type === "AWS::IAM::Role"
        ? exceeded(
            `characters of policies in ${id}`,
            policyCharacters(Properties.Policies),
            maxPolicyCharacters,
          )
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
