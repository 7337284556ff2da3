import { DescribeTableCommand, DynamoDBClient, ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { ListQueuesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { queueInputs, type Resources, tableInputs } from "../../infra/stack/cloudformation.ts";
import { callOptions } from "../../shared/aws/call-options.ts";
import { createSqsClient } from "../../shared/queue/producer.ts";
import { provision } from "./provision.ts";

interface KeepOptions {
  readonly resources: Resources;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly region: string;
  readonly report: (line: string) => void;
  readonly everyMs?: number;
  /** Consecutive checks that must find resources missing, because LocalStack's own hooks may be running. */
  readonly looks?: number;
}

const EVERY_MS = 5_000;

/** Returns clients with a timeout, so that a hanging check ends. */
export function lookingClients(): Pick<KeepOptions, "dynamodb" | "sqs"> {
  return { dynamodb: new DynamoDBClient(callOptions), sqs: createSqsClient() };
}

/**
 * Recreates the table and the queues if they disappear, because LocalStack loses its data on restart.
 *
 * @returns a function that stops it
 */
export function keepProvisioned(options: KeepOptions): () => void {
  const { resources, dynamodb, sqs, region, report, everyMs = EVERY_MS, looks = 1 } = options;
  let found = 0;
  let timer = setTimeout(look, everyMs);
  let stopped = false;

  async function look(): Promise<void> {
    try {
      found = (await isMissing(options)) ? found + 1 : 0;
      if (found >= looks) {
        await provision(resources, dynamodb, sqs, region);
        report(
          "Recreated a missing table or queue. The emulator or LocalStack may have restarted without its data.",
        );
        found = 0;
      }
    } catch {
      // Consumers report the failure.
    }
    if (!stopped) timer = setTimeout(look, everyMs);
  }

  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

async function isMissing({ resources, dynamodb, sqs }: KeepOptions): Promise<boolean> {
  const names = queueInputs(resources).map(({ name }) => name);
  const { QueueUrls = [] } = await sqs.send(
    new ListQueuesCommand({ QueueNamePrefix: sharedPrefix(names), MaxResults: 1_000 }),
  );
  const there = new Set(QueueUrls.map((url) => url.split("/").at(-1)));
  if (names.some((name) => !there.has(name))) return true;
  try {
    for (const { create } of tableInputs(resources)) {
      await dynamodb.send(new DescribeTableCommand({ TableName: create.TableName }));
    }
    return false;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return true;
    throw error;
  }
}

function sharedPrefix([first = "", ...others]: readonly string[]): string {
  let length = first.length;
  while (!others.every((name) => name.startsWith(first.slice(0, length)))) length -= 1;
  return first.slice(0, length);
}
