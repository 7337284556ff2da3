import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { build } from "esbuild";
import { expect, onTestFinished, test, vi } from "vitest";
import { SignatureV4 } from "./placeholder-signer.ts";
import { unsignedRequests } from "./unsigned-requests.ts";

test("a request names its region and service, as emulators require, and has no signature", async () => {
  const headers: NodeJS.Dict<string | string[]>[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    response.end("{}");
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await vi.waitUntil(() => server.listening, 10_000);
  const client = new SQSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "eu-central-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    signer: new SignatureV4({ region: "eu-central-1", service: "sqs" }),
  });
  onTestFinished(() => client.destroy());
  await client.send(new ListQueuesCommand());
  expect(headers[0]?.authorization).toMatch(
    /Credential=local\/\d{8}\/eu-central-1\/sqs\/aws4_request,.*=none$/,
  );
  expect(headers[0]?.["x-amz-date"]).toMatch(/^\d{8}T\d{6}Z$/);
});

test("bundles get the placeholder in place of the signer", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: 'export { SignatureV4 } from "@smithy/signature-v4";',
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    platform: "node",
    plugins: [unsignedRequests],
  });
  expect(outputFiles[0]?.text).toContain("Signature=none");
  expect(outputFiles[0]?.text).not.toContain("stringToSign");
});
