import { describe, expect, test } from "vitest";
import { joinStacks, nestStacks, type Resource, type StackTemplate } from "./nested-stacks.ts";

const whole: StackTemplate = {
  Resources: {
    Table: { Type: "AWS::DynamoDB::Table" },
    Log: { Type: "AWS::Logs::LogGroup" },
    ReadRole: {
      Type: "AWS::IAM::Role",
      Properties: { Resource: [{ "Fn::GetAtt": ["Table", "Arn"] }, { Ref: "AWS::Region" }] },
    },
    ReadFunction: {
      Type: "AWS::Lambda::Function",
      DependsOn: ["Log", "ReadRole"],
      Properties: {
        Role: { "Fn::GetAtt": ["ReadRole", "Arn"] },
        Environment: { TABLE: { Ref: "Table" }, STACK: { Ref: "AWS::StackName" } },
      },
    },
    WriteFunction: { Type: "AWS::Lambda::Function", Properties: { Table: { Ref: "Table" } } },
    Route: {
      Type: "AWS::ApiGatewayV2::Route",
      DependsOn: "ReadFunction",
      Properties: { Target: { "Fn::Join": ["/", ["integrations", { Ref: "ReadFunction" }]] } },
    },
    Alarm: {
      Type: "AWS::CloudWatch::Alarm",
      Properties: { Value: { "Fn::GetAtt": ["WriteFunction", "Arn"] } },
    },
  },
  Outputs: { TableName: { Value: { Ref: "Table" } } },
};

/** The ARN of a role in its own stack. */
const spelled = {
  "Fn::Join": [
    "",
    ["arn:", { Ref: "AWS::Partition" }, ":iam::", { Ref: "AWS::AccountId" }, ":role/", { Ref: "ReadRole" }],
  ],
};

const areaOf = (id: string) => (/^Read/.test(id) ? "reading" : /^Write/.test(id) ? "writing" : undefined);
const urlOf = (area: string) => `https://bucket/${area}.json`;
const { parent, nested } = nestStacks(whole, areaOf, urlOf);

describe("a stack in parts", () => {
  test("keeps in the parent what is of no area, and a nested stack for each area", () => {
    expect(Object.keys(parent.Resources).toSorted()).toEqual(
      ["Alarm", "Log", "ReadingStack", "Route", "Table", "WritingStack"].toSorted(),
    );
    expect(Object.keys(nested.reading?.Resources ?? {})).toEqual(["ReadRole", "ReadFunction"]);
    expect(parent.Outputs).toEqual(whole.Outputs);
  });

  test("gives a nested stack what it refers to in the parent, the parent's name too", () => {
    const { Parameters, Resources } = nested.reading as StackTemplate;
    expect(parent.Resources.ReadingStack).toEqual({
      Type: "AWS::CloudFormation::Stack",
      DependsOn: ["Log"],
      Properties: {
        TemplateURL: "https://bucket/reading.json",
        Parameters: {
          TableArn: { "Fn::GetAtt": ["Table", "Arn"] },
          Table: { Ref: "Table" },
          AWSStackName: { Ref: "AWS::StackName" },
        },
      },
    });
    expect(Object.keys(Parameters ?? {}).toSorted()).toEqual(["AWSStackName", "Table", "TableArn"]);
    expect(Resources.ReadRole?.Properties.Resource).toEqual([{ Ref: "TableArn" }, { Ref: "AWS::Region" }]);
    expect(Resources.ReadFunction).toEqual({
      Type: "AWS::Lambda::Function",
      DependsOn: ["ReadRole"],
      Properties: {
        Role: spelled,
        Environment: { TABLE: { Ref: "Table" }, STACK: { Ref: "AWSStackName" } },
      },
    });
  });

  test("gives the parent what it refers to in a nested stack", () => {
    expect(nested.reading?.Outputs).toEqual({ ReadFunction: { Value: { Ref: "ReadFunction" } } });
    expect(parent.Resources.Route).toMatchObject({
      DependsOn: ["ReadingStack"],
      Properties: {
        Target: {
          "Fn::Join": ["/", ["integrations", { "Fn::GetAtt": ["ReadingStack", "Outputs.ReadFunction"] }]],
        },
      },
    });
    expect(parent.Resources.Alarm?.Properties.Value).toEqual({
      "Fn::GetAtt": ["WritingStack", "Outputs.WriteFunctionArn"],
    });
  });

  test("is the original again when it is joined, except for the order of creation and ARNs that are spelled out", () => {
    const without = (resources: Readonly<Record<string, Resource>>) =>
      Object.fromEntries(Object.entries(resources).map(([id, { DependsOn: _, ...rest }]) => [id, rest]));
    const { ReadFunction, ...others } = without(joinStacks({ parent, nested }).Resources);
    expect({
      ...others,
      ReadFunction: {
        ...ReadFunction,
        Properties: { ...whole.Resources.ReadFunction?.Properties, Role: spelled },
      },
    }).toEqual({
      ...without(whole.Resources),
      ReadFunction,
    });
  });
});

test.each<[string, Resource, string]>([
  ["refers to another area", { Type: "X", Properties: { Other: { Ref: "WriteFunction" } } }, "WriteFunction"],
  ["hides what it refers to", { Type: "X", Properties: { Text: { "Fn::Sub": "$" + "{Table}" } } }, "Fn::Sub"],
])("a resource that %s is refused", (_, ReadOther, message) => {
  expect(() => nestStacks({ Resources: { ...whole.Resources, ReadOther } }, areaOf, urlOf)).toThrow(message);
});

test("two stacks with a resource of the same name can't be joined", () => {
  const one = { Resources: { X: { Type: "X" } } };
  expect(() => joinStacks({ parent: one, nested: { reading: one } })).toThrow("Two stacks have a resource X");
});
