/**
 * Gives back what the embedded SQS hands to nobody. A long poll whose client was killed goes on waiting there, and takes
 * the next messages along: without this they would be invisible for as long as their visibility timeout lasts.
 */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

interface Started {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
}

/** Looks after the answers of this process's server, which listens on the port. */
export function giveBackAbandonedReceives(port: number): void {
  /** Calls to make when a connection turns out to have been gone when its last answer was sent. */
  const unheard = new WeakMap<Socket, () => void>();
  subscribe("http.server.request.start", (message) => {
    const { request, response, socket } = message as Started;
    const heard = unheard.get(socket);
    if (heard) socket.off("error", heard);
    if (request.headers["x-amz-target"] !== "AmazonSQS.ReceiveMessage") return;
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    response.end = ((...args: unknown[]) => {
      const abandon = () => {
        giveBack(port, String(args[0])).catch((error) =>
          console.error("A message is not given back:", error),
        );
      };
      if (socket.destroyed || socket.readableEnded) abandon();
      else {
        unheard.set(socket, abandon);
        socket.once("error", abandon);
      }
      return end(...args);
    }) as typeof response.end;
  });
}

/** @param answer of a ReceiveMessage */
async function giveBack(port: number, answer: string): Promise<void> {
  const { Messages = [] } = JSON.parse(answer) as { Messages?: { ReceiptHandle: string }[] };
  if (Messages.length === 0) return;
  const endpoint = `http://127.0.0.1:${port}`;
  const queues = (await (await fetch(`${endpoint}/_fauxqs/queues`)).json()) as { url: string }[];
  // The request that named the queue is gone; receipts that are not a queue's change nothing there.
  for (const { url } of queues) {
    await showSoon(
      endpoint,
      url,
      Messages.map(({ ReceiptHandle }) => ReceiptHandle),
    );
  }
}

/** Makes messages visible in a second. Not at once: the emulator would lose them. */
export async function showSoon(
  endpoint: string,
  queueUrl: string,
  receipts: readonly string[],
): Promise<void> {
  for (let from = 0; from < receipts.length; from += 10) {
    const Entries = receipts
      .slice(from, from + 10)
      .map((ReceiptHandle, index) => ({ Id: `${index}`, ReceiptHandle, VisibilityTimeout: 1 }));
    await fetch(endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "AmazonSQS.ChangeMessageVisibilityBatch",
      },
      body: JSON.stringify({ QueueUrl: queueUrl, Entries }),
    });
  }
}

interface Inspected {
  readonly messages: { readonly inflight: readonly { readonly receiptHandle: string }[] };
}

/**
 * Shows again what a consumer of these queues had taken when it was killed. Does nothing where the broker is not the
 * embedded one, which alone tells.
 */
export async function releaseTaken(endpoint: string, queueUrls: readonly string[]): Promise<void> {
  for (const url of queueUrls) {
    const response = await fetch(`${endpoint}/_fauxqs/queues/${url.split("/").at(-1)}`);
    if (!response.ok) return;
    const { messages } = (await response.json()) as Inspected;
    await showSoon(
      endpoint,
      url,
      messages.inflight.map(({ receiptHandle }) => receiptHandle),
    );
  }
}
