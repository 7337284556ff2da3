/**
 * Ends the embedded SQS after it failed to store a message, for example on a full disk. It would otherwise
 * treat the sender's retry as a duplicate. After a restart, it knows only stored messages.
 */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";

export function endOnFailedSend(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    if (!/^AmazonSQS\.SendMessage/.test(String(request.headers["x-amz-target"]))) return;
    // Before a client can see the failure and retry.
    const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
    response.end = ((...args: unknown[]) => {
      if (response.statusCode >= 500) {
        console.error("A message could not be stored. Restarting the emulator.", String(args[0]));
        process.exit(1);
      }
      return end(...args);
    }) as typeof response.end;
  });
}
