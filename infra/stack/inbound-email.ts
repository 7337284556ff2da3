/** Receipt of email by Amazon SES: a rule that publishes it to a topic, which posts it to the platform. */
import { lambdaId } from "./logical-ids.ts";
import type { Resource } from "./nested-stacks.ts";

export interface InboundEmail {
  /** "on" if the stack has these resources. */
  readonly inStack: string;
  /** Domain whose email is received. */
  readonly domain: string;
  /** URL without a trailing slash, at which SNS reaches the platform. */
  readonly publicUrl: string;
}

const topic = "InboundEmailTopic";
const receiver = lambdaId("receiveSesEmail");
const ruleName = "platform";

/**
 * Adds the resources to a compiled stack, and gives the function that receives the messages the ARN of the topic.
 *
 * @param prefix start of the names of the stack's resources
 */
export function addInboundEmail(
  resources: Record<string, Resource>,
  { inStack, domain, publicUrl }: InboundEmail,
  prefix: string,
): void {
  if (inStack === "") return;
  if (inStack !== "on") throw new Error('INBOUND_EMAIL_IN_STACK: must be "on" or empty');
  if (domain === "" || publicUrl === "")
    throw new Error("INBOUND_EMAIL_IN_STACK requires INBOUND_EMAIL_DOMAIN and PUBLIC_URL");
  Object.assign(resources, resourcesFor(domain, publicUrl.replace(/\/+$/, ""), prefix));
  const { Environment } = resources[receiver]?.Properties ?? {};
  Environment.Variables.INBOUND_EMAIL_TOPIC_ARN = { Ref: topic };
}

function resourcesFor(domain: string, publicUrl: string, prefix: string): Record<string, Resource> {
  return {
    // Not encrypted: SES cannot publish to a topic with the AWS managed key.
    [topic]: { Type: "AWS::SNS::Topic", Properties: { TopicName: `${prefix}-inbound-email` } },
    InboundEmailTopicPolicy: {
      Type: "AWS::SNS::TopicPolicy",
      Properties: { Topics: [{ Ref: topic }], PolicyDocument: policyFor(prefix) },
    },
    InboundEmailRuleSet: { Type: "AWS::SES::ReceiptRuleSet", Properties: { RuleSetName: prefix } },
    InboundEmailRule: {
      Type: "AWS::SES::ReceiptRule",
      // SES tests whether it may publish.
      DependsOn: "InboundEmailTopicPolicy",
      Properties: {
        RuleSetName: { Ref: "InboundEmailRuleSet" },
        Rule: {
          Name: ruleName,
          Enabled: true,
          ScanEnabled: true,
          Recipients: [domain],
          Actions: [{ SNSAction: { TopicArn: { Ref: topic }, Encoding: "Base64" } }],
        },
      },
    },
    InboundEmailSubscription: {
      Type: "AWS::SNS::Subscription",
      // The function confirms the subscription, if it is to the topic of its settings.
      DependsOn: receiver,
      Properties: { TopicArn: { Ref: topic }, Protocol: "https", Endpoint: `${publicUrl}/email/ses` },
    },
  };
}

/** Allows only this rule of SES in this account to publish. */
function policyFor(prefix: string): object {
  const rule = `:receipt-rule-set/${prefix}:receipt-rule/${ruleName}`;
  const arn = [
    ...["arn:", { Ref: "AWS::Partition" }, ":ses:", { Ref: "AWS::Region" }, ":"],
    ...[{ Ref: "AWS::AccountId" }, rule],
  ];
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ses.amazonaws.com" },
        Action: "sns:Publish",
        Resource: { Ref: topic },
        Condition: {
          StringEquals: {
            "aws:SourceAccount": { Ref: "AWS::AccountId" },
            "aws:SourceArn": { "Fn::Join": ["", arn] },
          },
        },
      },
    ],
  };
}
