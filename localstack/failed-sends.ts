/**
 * Ends the embedded SQS when it could not store a message, on a full disk for instance. It remembers the message's
 * deduplication id all the same, and would answer the sender's next try as if it had the message. Started again, it
 * knows what is stored and nothing else.
 */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

export function endOnFailedSend(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (!/^AmazonSQS\.SendMessage/.test(String(request.headers["x-amz-target"]))) return;
    // Before anybody can have heard of the failure and try again.
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    response.end = ((...args: unknown[]) => {
      if (response.statusCode >= 500) {
        console.error("A message could not be stored; starting anew.", String(args[0]));
        process.exit(1);
      }
      return end(...args);
    }) as typeof response.end;
  });
}
