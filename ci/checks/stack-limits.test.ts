import { expect, it } from "vitest";
import type { StackTemplate } from "../../infra/stack/nested-stacks.ts";
import { resourceCounts, stackFaults } from "./stack-limits.ts";

const many = <T>(count: number, value: T) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`X${index}`, value]));
const topics = (count: number): StackTemplate => ({ Resources: many(count, { Type: "AWS::SNS::Topic" }) });
const small = topics(1);

it("stacks at their limits have no faults", () => {
  const full = {
    ...topics(500),
    Parameters: many(200, { Type: "String" }),
    Outputs: many(200, { Value: 1 }),
  };
  expect(stackFaults({ parent: full, nested: { alerts: full } })).toEqual([]);
  expect(resourceCounts({ parent: full, nested: { alerts: small } })).toBe(
    "parent 500, alerts 1, 0 routes, 0 integrations",
  );
});

it.each<[string, StackTemplate]>([
  ["501 resources", topics(501)],
  ["201 parameters", { ...small, Parameters: many(201, { Type: "String" }) }],
  ["201 outputs", { ...small, Outputs: many(201, { Value: 1 }) }],
  [
    "bytes",
    { Resources: { X: { Type: "AWS::SNS::Topic", Properties: { TopicName: "x".repeat(1_000_000) } } } },
  ],
  [
    "characters of policies in Role",
    {
      Resources: {
        Role: {
          Type: "AWS::IAM::Role",
          Properties: { Policies: Array.from({ length: 100 }, () => ({ "Fn::GetAtt": ["X", "Arn"] })) },
        },
      },
    },
  ],
])("finds %s, in the parent and in a nested stack", (fault, template) => {
  expect(stackFaults({ parent: template, nested: {} })).toEqual([expect.stringContaining(fault)]);
  expect(stackFaults({ parent: small, nested: { alerts: template } })).toEqual([
    expect.stringContaining(`alerts has`),
  ]);
});

it.each([
  ["Route", 300, "the API has 301 routes; the limit is 300"],
  ["Integration", 300, "the API has 301 integrations; the limit is 300"],
])("counts each %s of all stacks together", (type, limit, fault) => {
  const some = (count: number): StackTemplate => ({
    Resources: many(count, { Type: `AWS::ApiGatewayV2::${type}` }),
  });
  expect(stackFaults({ parent: some(limit - 1), nested: { alerts: some(1) } })).toEqual([]);
  expect(stackFaults({ parent: some(limit), nested: { alerts: some(1) } })).toEqual([fault]);
});
