/** Replacements for AWS on one port, like LocalStack: emulators behind one address, or another server. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { type Emulators, startEmulators } from "../../../localstack/emulators/emulators.ts";
import { freePorts, temporaryFolder, waitFor } from "./platform.ts";

export interface OnePort {
  readonly port: number;
  /** URL without a trailing slash. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface AwsReply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | string;
}

/**
 * Decides what happens to a call. `forward` sends it and may be called repeatedly. Reset closes the
 * connection.
 *
 * @param operation from `x-amz-target`
 */
export type Interference = (
  operation: string,
  forward: () => Promise<AwsReply>,
) => Promise<AwsReply | "reset">;

/** Starts empty embedded emulators behind one port, with LocalStack's status endpoint. */
export async function startOnePort(
  interfere: Interference = (_, forward) => forward(),
): Promise<OnePort & Pick<Emulators, "env">> {
  const emulatorPort = await freePorts(2);
  const emulators = await startEmulators({ dataDir: temporaryFolder(), emulatorPort, endpoint: undefined });
  const own: Readonly<Record<string, unknown>> = {
    "/": {},
    "/_localstack/health": { services: { dynamodb: "running", sqs: "running" }, edition: "community" },
    "/_localstack/init/ready": { completed: true, scripts: [] },
  };
  const server = createServer(async (incoming, response) => {
    const said = incoming.method === "GET" ? own[incoming.url ?? ""] : undefined;
    if (said) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(said));
      return;
    }
    const operation = String(incoming.headers["x-amz-target"]);
    const aws = operation.startsWith("DynamoDB") ? emulatorPort : emulatorPort + 1;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const forward = () => send(aws, incoming, Buffer.concat(chunks), gone.signal);
    try {
      const reply = await interfere(operation, forward);
      if (reply === "reset") response.socket?.resetAndDestroy();
      else response.writeHead(reply.status, reply.headers).end(reply.body);
    } catch {
      response.destroy();
    }
  });
  const port = await freePorts(1);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    env: emulators.env,
    async stop() {
      server.close();
      server.closeAllConnections();
      await emulators.stop();
    },
  };
}

function send(
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  signal: AbortSignal,
): Promise<AwsReply> {
  const onward = request({ host: "127.0.0.1", port, method, path: url, headers, signal });
  onward.end(body);
  return new Promise((resolve, reject) => {
    onward.on("error", reject);
    onward.on("response", async (answer) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
        resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(chunks) });
      } catch (error) {
        reject(error);
      }
    });
  });
}

/** Starts MiniStack from PyPI, an independent AWS emulator with CloudFormation. */
export async function startMinistack(): Promise<OnePort> {
  const port = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn("ministack", [], {
    env: { ...process.env, GATEWAY_PORT: `${port}`, BIND_HOST: "127.0.0.1", LOCALSTACK_PERSISTENCE: "0" },
    cwd: temporaryFolder(),
    stdio: "ignore",
  });
  const exited = once(child, "exit");
  await waitFor(async () => (await fetch(`${url}/_localstack/health`)).ok, 30_000);
  return {
    port,
    url,
    async stop() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
