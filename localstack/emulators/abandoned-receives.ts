/**
 * Releases messages that the embedded SQS hands to a closed connection. A long poll continues after its
 * client was killed, and takes the next messages. Without a release, they would stay invisible for their
 * visibility timeout.
 */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

interface Started {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
}

/** Watches the responses of this process's server on the port. */
export function giveBackAbandonedReceives(port: number): void {
  /** Callbacks for connections that were closed before their last response was sent. */
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
          console.error("A message could not be made visible again:", error),
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
  // The queue of the request is no longer known. Receipts of other queues have no effect.
  for (const { url } of queues) {
    await release(
      endpoint,
      url,
      Messages.map(({ ReceiptHandle }) => ReceiptHandle),
    );
  }
}

/** Makes messages visible again. */
async function release(endpoint: string, queueUrl: string, receipts: readonly string[]): Promise<void> {
  for (let from = 0; from < receipts.length; from += 10) {
    const Entries = receipts
      .slice(from, from + 10)
      .map((ReceiptHandle, index) => ({ Id: `${index}`, ReceiptHandle, VisibilityTimeout: 0 }));
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
 * Releases messages that a killed consumer of these queues had received. Only works with the embedded broker,
 * which can list them.
 */
export async function releaseTaken(endpoint: string, queueUrls: readonly string[]): Promise<void> {
  for (const url of queueUrls) {
    const response = await fetch(`${endpoint}/_fauxqs/queues/${url.split("/").at(-1)}`);
    if (!response.ok) return;
    const { messages } = (await response.json()) as Inspected;
    await release(
      endpoint,
      url,
      messages.inflight.map(({ receiptHandle }) => receiptHandle),
    );
  }
}
