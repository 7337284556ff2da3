/** A platform behind TLS, for clients that speak nothing else. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface TlsProxy {
  /** `127.0.0.1:port` */
  readonly address: string;
  /** What its clients have to trust. */
  readonly certificate: string;
  stop(): Promise<void>;
}

/** Hands everything on to a URL of this machine; its certificate lives a day and is nobody's but the test's. */
export async function startTlsProxy(target: string): Promise<TlsProxy> {
  const pem = selfSigned();
  const server = createServer({ key: pem, cert: pem }, (incoming, outgoing) => {
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
    certificate: pem.slice(pem.indexOf("-----BEGIN CERTIFICATE")),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** A private key and the certificate after it, in PEM. */
function selfSigned(): string {
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "/dev/stdout"];
  const made = spawnSync("openssl", ["req", "-x509", ...key, ...subject, "-days", "1"], { encoding: "utf8" });
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr}`);
  return made.stdout;
}
