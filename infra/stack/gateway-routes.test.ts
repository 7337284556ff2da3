import { expect, test } from "vitest";
import { routeHead, shareRoles } from "./gateway-routes.ts";
import type { Resource } from "./nested-stacks.ts";

const arn = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });
const target = { "Fn::Join": ["/", ["integrations", { Ref: "IntegrationRead" }]] };
const route = (RouteKey: string): Resource => ({
  Type: "AWS::ApiGatewayV2::Route",
  DependsOn: "IntegrationRead",
  Properties: { ApiId: { Ref: "HttpApi" }, RouteKey, Target: target },
});

function completed(): Record<string, Resource> {
  const resources: Record<string, Resource> = {
    IntegrationRead: {
      Type: "AWS::ApiGatewayV2::Integration",
      Properties: { IntegrationUri: arn("Read"), PayloadFormatVersion: "2.0" },
    },
    RouteGet: route("GET /api/v1/things/{id}"),
    RouteList: route("GET /api/v1/things"),
    RoutePost: route("POST /api/v1/things"),
    RouteStats: route("GET /api/v1/parts/stats"),
    RoutePatch: route("PATCH /api/v1/parts/{id}"),
    RouteAny: route("ANY /v2/{path+}"),
    RouteDefault: route("$default"),
    ReadPermission: {
      Type: "AWS::Lambda::Permission",
      Properties: { Principal: "apigateway.amazonaws.com", FunctionName: arn("Read") },
    },
    SweepPermission: {
      Type: "AWS::Lambda::Permission",
      Properties: { Principal: "events.amazonaws.com", FunctionName: arn("Sweep") },
    },
  };
  routeHead(resources);
  shareRoles(resources, () => "things");
  return resources;
}

test("a GET takes all other methods of its path, or has its HEAD beside it if another template has one that matches", () => {
  const routes = Object.values(completed()).filter(({ Type }) => Type === "AWS::ApiGatewayV2::Route");
  expect(routes.map(({ Properties }) => Properties.RouteKey).toSorted()).toEqual([
    "$default",
    "ANY /api/v1/things",
    "ANY /api/v1/things/{id}",
    "ANY /v2/{path+}",
    "GET /api/v1/parts/stats",
    "HEAD /api/v1/parts/stats",
    "PATCH /api/v1/parts/{id}",
    "POST /api/v1/things",
  ]);
  expect(new Set(routes.map(({ Properties }) => Properties.Target))).toEqual(new Set([target]));
});

test("the gateway calls functions in a role that may call these and no others", () => {
  const { ThingsGatewayRole, IntegrationRead, ReadPermission, SweepPermission } = completed();
  expect(IntegrationRead?.Properties.CredentialsArn).toEqual(arn("ThingsGatewayRole"));
  expect(ThingsGatewayRole?.Properties.AssumeRolePolicyDocument.Statement).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ]);
  expect(ThingsGatewayRole?.Properties.Policies[0].PolicyDocument.Statement).toEqual([
    { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: [arn("Read")] },
  ]);
  expect(ReadPermission).toBeUndefined();
  expect(SweepPermission).toBeDefined();
});

test("a stack without a gateway stays as it is", () => {
  const resources = {};
  routeHead(resources);
  shareRoles(resources, () => "things");
  expect(resources).toEqual({});
});
