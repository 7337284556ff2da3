/**
 * What the emulators of this process believe of browsers. serverless-offline has functions invoked by whoever reaches
 * its Lambda endpoint, event and all; SQS takes forms.
 */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

interface Started {
  readonly request: IncomingMessage;
  readonly socket: Socket;
}

/** Tools of this machine alone get through to these ports: whatever comes for a page, or from elsewhere, leads nowhere. */
export function keepToTools(ports: readonly number[]): void {
  onRequest(({ request, socket }) => {
    if (!ports.includes(socket.localPort ?? 0)) return;
    const forPage = request.headers.origin !== undefined || !isLoopbackName(request.headers.host ?? "");
    // A path that there is not, and a method that changes nothing.
    if (forPage || !isLoopback(socket.remoteAddress ?? ""))
      Object.assign(request, { method: "GET", url: "/refused" });
  });
}

/**
 * Functions get every body byte for byte. serverless-offline parses JSON, which loses a body that is `null`, `false` or
 * `0`, and reads the rest as UTF-8, which breaks a compressed one. It passes on a form with files in base64, as API
 * Gateway does with any binary body. Functions still see the Content-Type that was sent.
 */
export function keepBodies(port: number): void {
  onRequest(({ request, socket }) => {
    if (socket.localPort === port) request.headers["content-type"] = "multipart/form-data; boundary=none";
  });
}

/** Before any server of this process sees it. */
function onRequest(look: (started: Started) => void): void {
  subscribe("http.server.request.start", (message) => look(message as Started));
}

function isLoopbackName(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
