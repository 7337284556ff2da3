import { expect, test } from "vitest";
import { addInboundEmail } from "./inbound-email.ts";
import type { Resource } from "./nested-stacks.ts";

const receiver = "ReceiveSesEmailLambdaFunction";
const on = { inStack: "on", domain: "in.example.com", publicUrl: "https://incidents.example.com/" };

function stackWith(settings: typeof on): Record<string, Resource> {
  const Environment = { Variables: { INBOUND_EMAIL_TOPIC_ARN: "" } };
  const resources = { [receiver]: { Type: "AWS::Lambda::Function", Properties: { Environment } } };
  addInboundEmail(resources, settings, "incident-platform-prod");
  return resources;
}

test("nothing is added unless the stack is to receive email", () => {
  expect(Object.keys(stackWith({ ...on, inStack: "" }))).toEqual([receiver]);
});

test.each([{ inStack: "true" }, { domain: "" }, { publicUrl: "" }])("%j is refused", (changed) => {
  expect(() => stackWith({ ...on, ...changed })).toThrow("INBOUND_EMAIL_IN_STACK");
});

test("only email of the domain is published to the topic, which posts it to the platform", () => {
  const stack = stackWith(on);
  const topic = { Ref: "InboundEmailTopic" };
  expect(stack.InboundEmailRule?.Properties).toEqual({
    RuleSetName: { Ref: "InboundEmailRuleSet" },
    Rule: {
      Name: "platform",
      Enabled: true,
      ScanEnabled: true,
      Recipients: ["in.example.com"],
      Actions: [{ SNSAction: { TopicArn: topic, Encoding: "Base64" } }],
    },
  });
  expect(stack.InboundEmailSubscription).toMatchObject({
    DependsOn: receiver,
    Properties: { TopicArn: topic, Protocol: "https", Endpoint: "https://incidents.example.com/email/ses" },
  });
  expect(stack[receiver]?.Properties.Environment.Variables.INBOUND_EMAIL_TOPIC_ARN).toEqual(topic);
});

test("only this rule of SES in this account may publish", () => {
  const { PolicyDocument, Topics } = stackWith(on).InboundEmailTopicPolicy?.Properties ?? {};
  expect(Topics).toEqual([{ Ref: "InboundEmailTopic" }]);
  expect(PolicyDocument.Statement).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "ses.amazonaws.com" },
      Action: "sns:Publish",
      Resource: { Ref: "InboundEmailTopic" },
      Condition: {
        StringEquals: {
          "aws:SourceAccount": { Ref: "AWS::AccountId" },
          "aws:SourceArn": {
            "Fn::Join": [
              "",
              [
                ...["arn:", { Ref: "AWS::Partition" }, ":ses:", { Ref: "AWS::Region" }, ":"],
                ...[
                  { Ref: "AWS::AccountId" },
                  ":receipt-rule-set/incident-platform-prod:receipt-rule/platform",
                ],
              ],
            ],
          },
        },
      },
    },
  ]);
});
