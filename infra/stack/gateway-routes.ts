/** Completes the generated gateway and removes unneeded resources, because a stack is limited to 500. */

export interface Resource {
  readonly Type: string;
  readonly DependsOn?: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation has a thousand shapes
  readonly Properties?: any;
}

type Resources = Record<string, Resource>;

/** Modifies the resources of a compiled stack. */
export function completeGateway(resources: Resources): void {
  addHeadRoutes(resources);
  shareRole(resources);
}

/**
 * Adds a HEAD route for each GET route. API Gateway would use the default route. The local gateway does this
 * itself.
 */
function addHeadRoutes(resources: Resources): void {
  for (const [id, route] of ofType(resources, "AWS::ApiGatewayV2::Route")) {
    const RouteKey = route.Properties.RouteKey.replace(/^GET /, "HEAD ");
    if (RouteKey === route.Properties.RouteKey) continue;
    resources[`${id}Head`] = { ...route, Properties: { ...route.Properties, RouteKey } };
  }
}

const roleId = "HttpApiRole";

/** Replaces the permission of each function by one role for the gateway. */
function shareRole(resources: Resources): void {
  const integrations = ofType(resources, "AWS::ApiGatewayV2::Integration");
  if (integrations.length === 0) return;
  for (const [id, { Properties }] of ofType(resources, "AWS::Lambda::Permission")) {
    if (Properties.Principal === gateway) delete resources[id];
  }
  for (const [, { Properties }] of integrations) {
    Properties.CredentialsArn = { "Fn::GetAtt": [roleId, "Arn"] };
  }
  resources[roleId] = {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: policy({ Principal: { Service: gateway }, Action: "sts:AssumeRole" }),
      Policies: [
        {
          PolicyName: "own",
          PolicyDocument: policy({
            Action: "lambda:InvokeFunction",
            Resource: integrations.map(([, { Properties }]) => Properties.IntegrationUri),
          }),
        },
      ],
    },
  };
}

const gateway = "apigateway.amazonaws.com";

function policy(statement: object): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] };
}

function ofType(resources: Resources, type: string): [string, Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}
