import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, onTestFinished, test, vi } from "vitest";
import { createDocumentClient } from "../storage/dynamo-table.ts";
import { leanClient } from "./lean-client.ts";

type Headers = NodeJS.Dict<string | string[]>;

/** @returns the endpoint of a server that gives one answer, and the headers of its requests */
async function serverWith(answer: string): Promise<{ endpoint: string; headers: readonly Headers[] }> {
  const headers: Headers[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    response.end(answer);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await vi.waitUntil(() => server.listening, 10_000);
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, headers };
}

test("a lean client sends signed requests without a description of itself", async () => {
  const { endpoint, headers } = await serverWith('{"Item":{"pk":{"S":"a"}}}');
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
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

test("a lean client signs all calls with one signer, and each with the credentials of its time", async () => {
  const { endpoint, headers } = await serverWith("{}");
  let signers = 0;
  class CountedSigner {
    readonly #credentials: () => Promise<{ readonly accessKeyId: string }>;
    constructor({ credentials }: { readonly credentials: unknown }) {
      this.#credentials = credentials as () => Promise<{ readonly accessKeyId: string }>;
      signers += 1;
    }
    async sign<T extends { readonly headers: Record<string, string> }>(request: T): Promise<T> {
      request.headers.authorization = (await this.#credentials()).accessKeyId;
      return request;
    }
  }
  let accessKeyId = "first";
  const client = leanClient(
    new SQSClient({
      endpoint,
      region: "eu-central-1",
      // Expired at once, so that the next call asks again.
      credentials: async () => ({ accessKeyId, secretAccessKey: "secret", expiration: new Date(0) }),
      signerConstructor: CountedSigner,
    }),
  );
  onTestFinished(() => client.destroy());
  await client.send(new ListQueuesCommand());
  accessKeyId = "second";
  await client.send(new ListQueuesCommand());
  expect(signers).toBe(1);
  expect(headers.map(({ authorization }) => authorization)).toEqual(["first", "second"]);
});
