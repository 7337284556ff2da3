/**
 * Restricts access to this process's emulators. serverless-offline invokes functions for anyone who reaches
 * its Lambda endpoint, and SQS accepts forms from browsers.
 */
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

interface Started {
  readonly request: IncomingMessage;
  readonly socket: Socket;
}

/** Accepts only local tools on these ports. Requests from pages or from other machines get an error. */
export function restrictToLoopback(ports: readonly number[]): void {
  onRequest(({ request, socket }) => {
    if (!ports.includes(socket.localPort ?? 0)) return;
    const forPage = request.headers.origin !== undefined || !isLoopbackName(request.headers.host ?? "");
    // A path that does not exist, and a method that changes nothing.
    if (forPage || !isLoopback(socket.remoteAddress ?? ""))
      Object.assign(request, { method: "GET", url: "/refused" });
  });
}

/**
 * Passes bodies to functions unchanged. serverless-offline parses JSON, which loses the bodies `null`,
 * `false` and `0`, and reads others as UTF-8, which damages compressed ones. It passes multipart forms in
 * base64, as API Gateway does for any binary body. Functions still see the original Content-Type.
 */
export function keepBodies(port: number): void {
  onRequest(({ request, socket }) => {
    if (socket.localPort === port) request.headers["content-type"] = "multipart/form-data; boundary=none";
  });
}

/** Called before any server of this process. */
function onRequest(look: (started: Started) => void): void {
  subscribe("http.server.request.start", (message) => look(message as Started));
}

function isLoopbackName(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}
