/**
 * Limits of CloudFormation and IAM for one stack, nested or not, and of API Gateway for all stacks together:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
import type { Stacks, StackTemplate } from "../../infra/stack/nested-stacks.ts";

const maxResources = 500;
const maxParameters = 200;
const maxOutputs = 200;
const maxBytes = 1_000_000;
/** Default quota. It can only be raised for an API that exists, so a first deployment has to stay below it. */
const maxRoutes = 300;
/** Fixed. Each HTTP function has one. */
const maxIntegrations = 300;
/** Limit for all policies of a role together, without whitespace. */
const maxPolicyCharacters = 10_240;
/** Length of the longest ARN of a function, in a stage with 20 letters. */
const arnCharacters = 115;

/** Returns the limits that the API, the parent or a nested stack exceeds. */
export function stackFaults(stacks: Stacks): string[] {
  const { parent, nested } = stacks;
  return [
    ...exceeded("the API", "routes", countOf(stacks, "Route"), maxRoutes),
    ...exceeded("the API", "integrations", countOf(stacks, "Integration"), maxIntegrations),
    ...Object.entries({ parent, ...nested }).flatMap(([name, template]) => faultsOf(name, template)),
  ];
}

/** Returns the number of resources of each stack, and of the API's routes and integrations. */
export function resourceCounts(stacks: Stacks): string {
  const { parent, nested } = stacks;
  const resources = Object.entries({ parent, ...nested }).map(
    ([name, { Resources }]) => `${name} ${Object.keys(Resources).length}`,
  );
  const api = ["Route", "Integration"].map((type) => `${countOf(stacks, type)} ${type.toLowerCase()}s`);
  return [...resources, ...api].join(", ");
}

function countOf({ parent, nested }: Stacks, type: string): number {
  return [parent, ...Object.values(nested)]
    .flatMap(({ Resources }) => Object.values(Resources))
    .filter(({ Type }) => Type === `AWS::ApiGatewayV2::${type}`).length;
}

function exceeded(owner: string, what: string, count: number, limit: number): string[] {
  return count > limit ? [`${owner} has ${count} ${what}; the limit is ${limit}`] : [];
}

function faultsOf(name: string, template: StackTemplate): string[] {
  const { Resources, Parameters = {}, Outputs = {} } = template;
  const stack = `stack ${name}`;
  return [
    ...exceeded(stack, "resources", Object.keys(Resources).length, maxResources),
    ...exceeded(stack, "parameters", Object.keys(Parameters).length, maxParameters),
    ...exceeded(stack, "outputs", Object.keys(Outputs).length, maxOutputs),
    ...exceeded(stack, "bytes", JSON.stringify(template).length, maxBytes),
    ...Object.entries(Resources).flatMap(([id, { Type, Properties }]) =>
      Type === "AWS::IAM::Role"
        ? exceeded(
            stack,
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
