import type { Message, SQSClient } from "@aws-sdk/client-sqs";
import type { DeadLetter } from "../domain/pipeline/dead-letter.ts";
import { groupOf, reasonOf, receiveAll, release, sendBack, wasRedriven } from "./dead-letter.ts";
import { depthOfQueue } from "./depth.ts";

/** Others see the messages again after this time, also if the function ends in between. */
const heldSeconds = 30;
/** Messages that another view or a redrive holds are usually available again within this time. */
const waitSeconds = 2;
const depthTimeoutMs = 1_500;

/** Reads the first dead letters, oldest first, and leaves them in their queue. Takes one request per ten. */
export async function inspectDeadLetters(
  client: SQSClient,
  deadLetters: string,
  most: number,
): Promise<readonly DeadLetter[]> {
  const receive = (waitSeconds: number) =>
    receiveAll(client, deadLetters, { most, heldSeconds, waitSeconds });
  const available = await receive(0);
  const messages =
    available.length === 0 && (await hasMessages(client, deadLetters))
      ? await receive(waitSeconds)
      : available;
  await release(client, deadLetters, messages);
  return messages.map(deadLetterOf);
}

/**
 * Sends up to `most` dead letters back, oldest first.
 *
 * @param record receives the number of those that were sent, if there are any, also if a further one fails
 * @returns their number
 */
export async function redriveUpTo(
  client: SQSClient,
  { queue, deadLetters }: { readonly queue: string; readonly deadLetters: string },
  most: number,
  record: (count: number) => Promise<void>,
): Promise<number> {
  const receive = (waitSeconds: number) =>
    receiveAll(client, deadLetters, { most, heldSeconds, waitSeconds });
  const available = await receive(0);
  const messages = available.length > 0 ? available : await receive(waitSeconds);
  let count = 0;
  try {
    for (const message of messages) {
      await sendBack(client, message, { from: deadLetters, to: queue });
      count += 1;
    }
  } finally {
    if (count > 0) await record(count);
  }
  return count;
}

/** A view of an empty queue should not wait for messages. */
async function hasMessages(client: SQSClient, queueUrl: string): Promise<boolean> {
  const { waiting, inFlight } = await depthOfQueue(client, queueUrl, depthTimeoutMs);
  return waiting + inFlight > 0;
}

function deadLetterOf(message: Message): DeadLetter {
  return {
    id: message.MessageId ?? "",
    sentAt: Number(message.Attributes?.SentTimestamp ?? 0),
    group: groupOf(message) ?? null,
    reason: reasonOf(message) ?? null,
    body: message.Body ?? "",
    wasRedriven: wasRedriven(message),
  };
}
