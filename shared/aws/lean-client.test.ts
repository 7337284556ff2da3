import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, onTestFinished, test, vi } from "vitest";
import { createDocumentClient } from "../storage/dynamo-table.ts";

test("a lean client sends signed requests without a description of itself", async () => {
  const headers: NodeJS.Dict<string | string[]>[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    response.end('{"Item":{"pk":{"S":"a"}}}');
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await vi.waitUntil(() => server.listening);
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "local");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
  onTestFinished(() => void vi.unstubAllEnvs());

  const client = createDocumentClient();
  onTestFinished(() => client.destroy());
  const { Item } = await client.send(new GetCommand({ TableName: "t", Key: { pk: "a" } }));
  expect(Item).toEqual({ pk: "a" });
  expect(headers[0]?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=local\//);
  expect(headers[0]?.["user-agent"]).toBeUndefined();
  expect(headers[0]?.["x-amz-user-agent"]).toBeUndefined();
});
