/** Completes the generated gateway and removes unneeded resources. */
import { gatewayRoleId } from "./logical-ids.ts";
import type { Resource } from "./nested-stacks.ts";

type Resources = Record<string, Resource>;

/**
 * Adds a HEAD route for each GET route. API Gateway would use the default route. The local gateway does this
 * itself.
 */
export function addHeadRoutes(resources: Resources): void {
  for (const [id, route] of ofType(resources, "AWS::ApiGatewayV2::Route")) {
    const RouteKey = route.Properties.RouteKey.replace(/^GET /, "HEAD ");
    if (RouteKey === route.Properties.RouteKey) continue;
    resources[`${id}Head`] = { ...route, Properties: { ...route.Properties, RouteKey } };
  }
}

/**
 * Replaces the permission of each function by one or more roles per room, with which the gateway calls functions.
 *
 * @param roomOf returns the room of an integration
 */
export function shareRoles(
  resources: Resources,
  roomOf: (id: string, integration: Resource) => string | undefined,
): void {
  for (const [id, { Properties }] of ofType(resources, "AWS::Lambda::Permission")) {
    if (Properties.Principal === gateway) delete resources[id];
  }
  const rooms = Map.groupBy(ofType(resources, "AWS::ApiGatewayV2::Integration"), ([id, integration]) =>
    roomOf(id, integration),
  );
  for (const [room = "", integrations] of rooms) {
    for (let at = 0; at < integrations.length; at += functionsPerRole) {
      const own = integrations.slice(at, at + functionsPerRole);
      const role = gatewayRoleId(room, at / functionsPerRole);
      for (const [, { Properties }] of own) Properties.CredentialsArn = { "Fn::GetAtt": [role, "Arn"] };
      resources[role] = {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: policy({ Principal: { Service: gateway }, Action: "sts:AssumeRole" }),
          Policies: [
            {
              PolicyName: "own",
              PolicyDocument: policy({
                Action: "lambda:InvokeFunction",
                Resource: own.map(([, { Properties }]) => Properties.IntegrationUri),
              }),
            },
          ],
        },
      };
    }
  }
}

/** Functions per role. A role's policies have at most 10,240 characters. */
const functionsPerRole = 80;
const gateway = "apigateway.amazonaws.com";

function policy(statement: object): object {
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] };
}

function ofType(resources: Resources, type: string): [string, Resource][] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}
