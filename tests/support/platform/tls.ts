/** TLS proxy for clients that require HTTPS. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { temporaryFolder } from "./platform.ts";

export interface TlsProxy {
  /** `127.0.0.1:port` */
  readonly address: string;
  /** Certificate that clients must trust. */
  readonly certificate: string;
  stop(): Promise<void>;
}

/** Forwards everything to a local URL. Its self-signed certificate is valid for a day. */
export async function startTlsProxy(target: string): Promise<TlsProxy> {
  const pems = selfSigned(["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]);
  const server = createServer(pems, (incoming, outgoing) => {
    const { method = "GET", url = "/", headers } = incoming;
    const onward = request(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(onward);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate: pems.cert,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Creates a private key of an `openssl req -newkey` kind with its certificate, in PEM. */
export function selfSigned(kind: readonly string[]): { key: string; cert: string } {
  const folder = temporaryFolder();
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1"];
  const key = ["-newkey", ...kind, "-nodes", "-keyout", keyFile];
  const made = spawnSync("openssl", ["req", "-x509", ...key, ...subject, "-out", certFile]);
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr}`);
  const pems = { key: readFileSync(keyFile, "utf8"), cert: readFileSync(certFile, "utf8") };
  rmSync(folder, { recursive: true });
  return pems;
}
