/** Completes the generated gateway and removes unneeded resources. */
import { pathPattern } from "../../shared/contracts/path-template.ts";
import { gatewayRoleId } from "./logical-ids.ts";
import type { Resource } from "./nested-stacks.ts";

type Resources = Record<string, Resource>;

/** Routes HEAD to the functions of GET. API Gateway would use the default route. The local gateway does this itself. */
export function routeHead(resources: Resources): void {
  const routes = ofType(resources, "AWS::ApiGatewayV2::Route");
  const keys = routes.map(([, { Properties }]): string => Properties.RouteKey);
  for (const [id, route] of routes) {
    const [RouteKey, headKey] = keysWithHead(route.Properties.RouteKey, keys);
    resources[id] = withKey(route, RouteKey);
    if (headKey !== undefined) resources[`${id}Head`] = withKey(route, headKey);
  }
}

function withKey(route: Resource, RouteKey: string): Resource {
  return { ...route, Properties: { ...route.Properties, RouteKey } };
}

/**
 * Returns the keys of a route and of its HEAD. A GET becomes one route for all methods without a route of their own,
 * because the gateway limits the number of routes; its function rejects them. If another method of a different template
 * matches the path, such as `PATCH /things/{id}` for `GET /things/stats`, GET and HEAD get a route each.
 *
 * @param all keys of all routes
 */
export function keysWithHead(key: string, all: readonly string[]): readonly [string, string?] {
  const [method, path = ""] = key.split(" ");
  if (method !== "GET") return [key];
  const isAmbiguous = all.some((each) => {
    const [otherMethod, other = ""] = each.split(" ");
    return otherMethod !== "GET" && other !== path && (matches(path, other) || matches(other, path));
  });
  return isAmbiguous ? [key, `HEAD ${path}`] : [`ANY ${path}`];
}

function matches(template: string, path: string): boolean {
  return pathPattern(template).test(path);
}

/**
 * Replaces the permission of each function by one or more roles per area, with which the gateway calls functions.
 *
 * @param areaOf returns the area of an integration
 */
export function shareRoles(
  resources: Resources,
  areaOf: (id: string, integration: Resource) => string | undefined,
): void {
  for (const [id, { Properties }] of ofType(resources, "AWS::Lambda::Permission")) {
    if (Properties.Principal === gateway) delete resources[id];
  }
  const areas = Map.groupBy(ofType(resources, "AWS::ApiGatewayV2::Integration"), ([id, integration]) =>
    areaOf(id, integration),
  );
  for (const [area = "", integrations] of areas) {
    for (let at = 0; at < integrations.length; at += functionsPerRole) {
      const own = integrations.slice(at, at + functionsPerRole);
      const role = gatewayRoleId(area, at / functionsPerRole);
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
