import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** The few things that dead letters need of SQS; queues go by their names. */
export function sqsQueues(sqs: SQSClient) {
  const urlOf = async (QueueName: string) =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? "";

  return {
    urlOf,

    async depth(queue: string) {
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: await urlOf(queue), AttributeNames: ["All"] }),
      );
      return {
        waiting: Number(Attributes.ApproximateNumberOfMessages),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
      };
    },

    /** Up to ten; whatever happens to us, they are back after `heldSeconds`. */
    async receive(queue: string, heldSeconds: number, most = 10): Promise<Message[]> {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: await urlOf(queue),
          VisibilityTimeout: heldSeconds,
          MaxNumberOfMessages: most,
          WaitTimeSeconds: 2,
          MessageSystemAttributeNames: ["All"],
          MessageAttributeNames: ["All"],
        }),
      );
      return Messages;
    },

    /** Gives it back in a second. Not at once: the embedded emulator would lose it. */
    async release(queue: string, { ReceiptHandle }: Message): Promise<void> {
      const QueueUrl = await urlOf(queue);
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }));
    },

    /** Sends before it deletes: dying in between leaves a message in both queues rather than in none. */
    async move(message: Message, from: string, to: string): Promise<void> {
      const [source, target] = [await urlOf(from), await urlOf(to)];
      await sqs.send(new SendMessageCommand({ QueueUrl: target, ...copyOf(message) }));
      await sqs.send(new DeleteMessageCommand({ QueueUrl: source, ReceiptHandle: message.ReceiptHandle }));
    },
  };
}

export type SqsQueues = ReturnType<typeof sqsQueues>;

function copyOf({ MessageId, Body, Attributes, MessageAttributes }: Message) {
  const { MessageGroupId, MessageDeduplicationId } = Attributes ?? {};
  return {
    MessageBody: Body ?? "",
    ...(MessageAttributes && { MessageAttributes }),
    ...(MessageGroupId && { MessageGroupId }),
    // A new one, or the queue would take it for a repetition; the same each time this very message is sent on.
    ...(MessageDeduplicationId && { MessageDeduplicationId: `redrive-${MessageId}` }),
  };
}
