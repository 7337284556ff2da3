import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { Unavailable } from "../domain/errors.ts";
import { createSqsClient } from "../queue/producer.ts";
import { createDocumentClient, dynamoTable } from "../storage/dynamo-table.ts";
import { withContext } from "../telemetry/context.ts";
import { callOptions } from "./call-options.ts";
import { endWithRequest } from "./end-with-request.ts";

/** Takes connections and never answers. @returns how many it has taken */
async function silentServer(): Promise<() => number> {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => {}).resume();
    onTestFinished(() => void socket.destroy());
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
  vi.stubEnv("AWS_ENDPOINT_URL_SQS", endpoint);
  return () => connections;
}

beforeEach(() => {
  vi.stubEnv("AWS_REGION", "eu-central-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "local");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "local");
  onTestFinished(() => void vi.unstubAllEnvs());
});

const within = <T>(signal: AbortSignal, run: () => T) =>
  withContext({ traceparent: "", fields: {}, signal }, run);

test("a call ends with its request, and is not tried again", async () => {
  const connections = await silentServer();
  const client = endWithRequest(createDocumentClient());
  onTestFinished(() => client.destroy());
  const table = dynamoTable(client, "t", () => 0);
  const request = new AbortController();
  const read = within(request.signal, () => table.get({ pk: "a", sk: "b" }));
  await vi.waitUntil(() => connections() === 1, 10_000);
  request.abort();
  await expect(read).rejects.toThrow(Unavailable);
  expect(connections()).toBe(1);
  await expect(within(request.signal, () => table.get({ pk: "a", sk: "b" }))).rejects.toThrow(Unavailable);
  expect(connections()).toBe(1);
});

test("the caller's own signal ends it as well", async () => {
  const connections = await silentServer();
  const client = endWithRequest(createSqsClient());
  onTestFinished(() => client.destroy());
  const own = new AbortController();
  const command = new GetQueueAttributesCommand({ QueueUrl: "http://localhost/q" });
  const asked = within(new AbortController().signal, () => client.send(command, { abortSignal: own.signal }));
  await vi.waitUntil(() => connections() === 1, 10_000);
  own.abort();
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
});

test("outside of a request an attempt ends on its own", async () => {
  await silentServer();
  const client = endWithRequest(createSqsClient());
  onTestFinished(() => client.destroy());
  expect(callOptions.requestHandler.throwOnRequestTimeout).toBe(true);
  const command = new GetQueueAttributesCommand({ QueueUrl: "http://localhost/q" });
  await expect(client.send(command, { requestTimeout: 20 })).rejects.toMatchObject({ name: "TimeoutError" });
});
