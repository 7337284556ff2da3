import { sqsRecord } from "../builders.ts";
import { consumedQueues, type Driver, urlOf } from "./driver.ts";
import { email, service } from "./names.ts";

/** Lets each consumer give up a message that it does not understand, and count the failures of one that it does. */
export async function driveFailures({
  consume,
  recorder,
  send,
  ask,
  pump,
  wait,
  sweep,
}: Driver): Promise<void> {
  for (const queue of consumedQueues) {
    const body = "no JSON";
    await consume(queue, [sqsRecord(body, { messageId: `${queue} 1`, receiveCount: 1 })]);
    await consume(queue, [sqsRecord(body, { messageId: `${queue} 1`, receiveCount: 5 })]);
  }
  await send("receive-alerts", { body: { service, severity: "high", message: "odd", dedup_key: "odd" } });
  await pump();
  wait(400);
  await send("receive-alerts", { body: { service, severity: "high", message: "odd", dedup_key: "odder" } });
  const { id: incident_id } = await ask("create-incident");
  await send("create-notification", { body: { incident_id, recipient: email, message: "down" } });
  recorder.interfere = async ({ pk }) => {
    if (!pk.startsWith("MESSAGE_FAILURES#")) throw new Error("a fault of this message");
  };
  for (const queue of consumedQueues) {
    const records = recorder.queues.queue(urlOf(queue)).receive(10, 1);
    await consume(queue, records);
  }
  recorder.interfere = undefined;
  wait(600);
  await pump();
  await sweep();
  await pump();
}
