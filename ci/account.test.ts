import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { describe, expect, it, onTestFinished } from "vitest";
import { concurrencyNote, createsTable } from "./account.ts";

interface Answer {
  readonly status: number;
  readonly body: string;
}

const json = (body: object, status = 200): Answer => ({ status, body: JSON.stringify(body) });

/** AWS, as far as it is asked. */
async function aws(answers: { table?: Answer; resource?: Answer; settings?: Answer }) {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      const isTable = /DescribeTable/.test(`${request.headers["x-amz-target"]}`);
      const isStack = body.includes("DescribeStackResource");
      const { status, body: text } = (isTable
        ? answers.table
        : isStack
          ? answers.resource
          : answers.settings) ?? {
        status: 500,
        body: "",
      };
      response
        .writeHead(status, { "content-type": isStack ? "text/xml" : "application/x-amz-json-1.0" })
        .end(text);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  const options = {
    region: "eu-central-1",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  };
  return {
    dynamodb: new DynamoDBClient(options),
    cloudFormation: new CloudFormationClient(options),
    lambda: new LambdaClient(options),
  };
}

const absent = json(
  { __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", message: "no" },
  400,
);
const there = json({ Table: { TableName: "incident-platform-prod", TableStatus: "ACTIVE" } });
const resource = (status: string): Answer => ({
  status: 200,
  body: `<DescribeStackResourceResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
    <DescribeStackResourceResult><StackResourceDetail><ResourceStatus>${status}</ResourceStatus></StackResourceDetail>
    </DescribeStackResourceResult></DescribeStackResourceResponse>`,
});
const noStack: Answer = {
  status: 400,
  body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>
    <Code>ValidationError</Code><Message>Stack 'incident-platform-prod' does not exist</Message></Error></ErrorResponse>`,
};

describe("the table", () => {
  const ask = async (answers: Parameters<typeof aws>[0]) => {
    const { dynamodb, cloudFormation } = await aws(answers);
    return createsTable(dynamodb, cloudFormation, "incident-platform-prod");
  };

  it("is created if there is none", async () => {
    expect(await ask({ table: absent })).toBe(true);
  });

  it.each(["CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"])(
    "belongs to the stack in status %s",
    async (status) => {
      expect(await ask({ table: there, resource: resource(status) })).toBe(false);
    },
  );

  it.each([
    ["a stack that was deleted", resource("DELETE_SKIPPED")],
    ["a stack that failed on it", resource("CREATE_FAILED")],
    ["no stack", noStack],
  ])("of %s stops the deployment with instructions", async (_, answer) => {
    await expect(ask({ table: there, resource: answer })).rejects.toThrow(
      /^Not deployed\. Table incident-platform-prod exists, but .*\nImport it .*docs\/aws\.md/,
    );
  });

  it("that can't be read does not count as absent", async () => {
    await expect(
      ask({ table: json({ __type: "AccessDeniedException", message: "denied" }, 400) }),
    ).rejects.toThrow("denied");
  });
});

describe("the concurrency quota", () => {
  const consumer = (MaximumConcurrency: number) => ({
    Type: "AWS::Lambda::EventSourceMapping",
    Properties: { ScalingConfig: { MaximumConcurrency } },
  });
  const template = {
    Resources: { A: consumer(10), B: consumer(20), Table: { Type: "AWS::DynamoDB::Table" } },
  };
  const ask = async (settings: Answer) => concurrencyNote((await aws({ settings })).lambda, template);

  it("is high enough in most accounts", async () => {
    expect(await ask(json({ AccountLimit: { ConcurrentExecutions: 1_000 } }))).toBeUndefined();
    expect(await ask(json({ AccountLimit: { ConcurrentExecutions: 80 } }))).toBeUndefined();
  });

  it("of a new account is too low, and the note names the quota that is needed", async () => {
    expect(await ask(json({ AccountLimit: { ConcurrentExecutions: 10 } }))).toMatch(
      /^Lambda's concurrency quota in this region is 10, and the platform may need 80\. .*Service Quotas/,
    );
  });

  it("that can't be read does not stop a deployment", async () => {
    expect(await ask(json({ __type: "AccessDeniedException", message: "not allowed" }, 403))).toMatch(
      /could not be read: not allowed$/,
    );
  });
});
