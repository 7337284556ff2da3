/** Functions as they are deployed: without parts of the SDK, and with files that they load later. */
import { cpSync, existsSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { Metafile } from "esbuild";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { bundle } from "../../infra/build/bundle.ts";
import { filesOfBundle } from "../../infra/build/files-of-bundle.ts";
import type { LambdaHandler } from "../../shared/http/lambda.ts";
import { call, type HttpRequest } from "../support/functions/lambda.ts";
import { temporaryFolder } from "../support/platform/platform.ts";

const outdir = temporaryFolder();
let outputs: Metafile["outputs"];

beforeAll(async () => {
  const only = [
    "functions/alerts/get-alert",
    "functions/alerts/put-routing-rules",
    "functions/alerts/receive-alerts",
    "functions/notifications/deliver-notification-queue",
    "functions/web/show-page",
  ];
  ({ outputs } = await bundle({ outdir, deploy: true, only }));
});

/** Copies a bundle and these of its files into an empty folder, as a package has them, and imports its handler. */
async function packaged(name: string, parts: readonly ("first" | "later")[]): Promise<LambdaHandler> {
  const folder = temporaryFolder();
  const { first, later } = filesOfBundle(outputs, relative(".", join(outdir, `functions/${name}.mjs`)));
  const files = { first, later: later.flatMap(({ paths }) => paths) };
  for (const file of parts.flatMap((part) => files[part]))
    cpSync(file, join(folder, relative(outdir, file)), { recursive: true });
  return (await import(pathToFileURL(join(folder, `functions/${name}.mjs`)).href)).handler;
}

beforeEach(() => {
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const [name, value] of Object.entries({
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    TABLE_NAME: "t",
    ALERTS_QUEUE_URL: "http://localhost/alerts.fifo",
    TELEMETRY_QUEUE_URL: "http://localhost/telemetry",
    LOG_LEVEL: "error",
  }))
    vi.stubEnv(name, value);
});

/** Answers every call of the SDK with an error. @returns headers of the calls */
async function failWith(error: { readonly status: number; readonly type: string; readonly query?: string }) {
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    headers.push(request.headers);
    request.resume();
    response
      .writeHead(error.status, error.query === undefined ? {} : { "x-amzn-query-error": error.query })
      .end(JSON.stringify({ __type: error.type, message: "no" }));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await vi.waitUntil(() => server.listening, 10_000);
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return headers;
}

const getAlert = { path: "/api/v1/alerts/alt_00000000000000000000000000" };
const withPattern = (value: string): HttpRequest => ({
  method: "PUT",
  path: "/api/v1/routing-rules",
  body: { rules: [{ name: "a", matchers: [{ field: "service", op: "=~", value }], drop: true }] },
});

describe("a package", () => {
  test("contains the code that its function loads later", async () => {
    const handler = await packaged("alerts/put-routing-rules", ["first", "later"]);
    const { status, json } = await call(handler, withPattern("["));
    expect(status).toBe(422);
    expect(json().errors).toEqual([
      {
        path: "rules.0.matchers.0.value",
        message: expect.stringMatching(/^must be an RE2 regular expression: /),
      },
    ]);
  });

  test("needs that code only for requests that use it", async () => {
    const handler = await packaged("alerts/put-routing-rules", ["first"]);
    const { status } = await call(handler, { ...withPattern("["), body: { rules: "none" } });
    expect(status).toBe(422);
    const { json } = await call(handler, withPattern("["));
    expect(json().errors).toEqual([expect.objectContaining({ message: expect.stringContaining("re2js") })]);
  });

  test.each([
    ["alerts/get-alert", []],
    ["alerts/put-routing-rules", ["re2js"]],
    ["notifications/deliver-notification-queue", ["mailer", "smtp-transport"]],
    [
      "web/show-page",
      [
        "alert-pages",
        "configuration-pages",
        "first-pages", // an empty file: they are parsed first
        "forbidden-view",
        "incident-pages",
        "markdown",
        "on-call-pages",
        "page-use-cases",
        "re2js",
        "read-load",
        "read-readiness",
        "record-pages",
      ],
    ],
  ])("of %s has these parts beside what is parsed first", (name, parts) => {
    const { first, later } = filesOfBundle(outputs, relative(".", join(outdir, `functions/${name}.mjs`)));
    expect(later.map((part) => part.name).toSorted()).toEqual(parts);
    // The bundle, one file for all parts, functions of esbuild for CommonJS, and what parts besides need of the first.
    expect(first.length).toBeLessThanOrEqual(4);
    for (const file of [...first, ...later.flatMap(({ paths }) => paths)])
      expect(existsSync(file), file).toBe(true);
  });
});

describe("a bundle", () => {
  const aws = "com.amazonaws.dynamodb";
  test.each([
    ["a throttled table", 503, { status: 400, type: `${aws}#ProvisionedThroughputExceededException` }],
    ["a missing table", 503, { status: 400, type: `${aws}#ResourceNotFoundException` }],
    ["a faulty table", 503, { status: 500, type: `${aws}#InternalServerError` }],
    ["a refused request", 500, { status: 400, type: `${aws}#ValidationException` }],
    ["an unknown error", 500, { status: 400, type: `${aws}#Unheard` }],
  ])("distinguishes errors without their classes: %s", async (_, status, error) => {
    await failWith(error);
    const handler = await packaged("alerts/get-alert", ["first"]);
    expect((await call(handler, getAlert)).status).toBe(status);
  });

  test("knows a missing queue by the SDK's name for it", async () => {
    await failWith({
      status: 400,
      type: "com.amazonaws.sqs#QueueDoesNotExist",
      query: "AWS.SimpleQueueService.NonExistentQueue;Sender",
    });
    const handler = await packaged("alerts/receive-alerts", ["first"]);
    const body = { service: "a", message: "b", severity: "low" };
    expect((await call(handler, { method: "POST", path: "/api/v1/alerts", body })).status).toBe(503);
  });

  test("signs its calls, and describes neither itself nor its libraries", async () => {
    const headers = await failWith({ status: 400, type: "com.amazonaws.dynamodb#ValidationException" });
    await call(await packaged("alerts/get-alert", ["first"]), getAlert);
    const sent = headers.find((each) => `${each["x-amz-target"]}`.startsWith("DynamoDB"));
    expect(sent?.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=local\//);
    expect(sent?.["user-agent"]).toBeUndefined();
    expect(sent?.["x-amz-user-agent"]).toBeUndefined();
  });
});
