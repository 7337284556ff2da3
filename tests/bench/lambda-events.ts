/** Lambda events of API Gateway and SQS. */
import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { SQSEvent } from "aws-lambda";
import type { LambdaContext, LambdaEvent } from "hono/aws-lambda";
import { toRecord } from "../../localstack/queues/sqs-event.ts";
import { gatewayEvent } from "../support/functions/gateway-events.ts";

type HttpHandler = (event: LambdaEvent, context: LambdaContext) => Promise<unknown>;
type QueueHandler = (event: SQSEvent) => Promise<{ batchItemFailures: readonly unknown[] }>;

/** @returns the body of a 2xx response */
export async function request(
  handler: HttpHandler,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const [rawPath = "", rawQueryString = ""] = path.split("?");
  const event = gatewayEvent("api-gateway", {
    method,
    path: rawPath,
    query: rawQueryString,
    headers: { host: "localhost" },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const answer = (await handler(event, {} as LambdaContext)) as { statusCode: number; body: string };
  if (answer.statusCode >= 300) throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}`);
  return JSON.parse(answer.body);
}

export async function deliver(handler: QueueHandler, messages: readonly Message[]): Promise<void> {
  const Records = messages.map((message) => toRecord(message, { arn: "arn", region: "eu-central-1" }));
  const { batchItemFailures } = await handler({ Records });
  if (batchItemFailures.length > 0)
    throw new Error(`${batchItemFailures.length} of ${Records.length} failed`);
}

/**
 * Receives all messages of a queue. The emulator returns one message per group at a time, so order is kept.
 */
export async function takeAll(sqs: SQSClient, QueueUrl: string | undefined): Promise<Message[]> {
  const taken: Message[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) return taken;
    for (const { ReceiptHandle } of Messages) {
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    taken.push(...Messages);
  }
}
