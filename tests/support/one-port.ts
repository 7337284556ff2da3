/** What stands for AWS on one port, as LocalStack does: emulators behind one address, or a server of that kind. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { startEmulators } from "../../localstack/emulators.ts";
import { freePorts, temporaryFolder, waitFor } from "./platform.ts";

export interface OnePort {
  readonly port: number;
  /** Without a slash at its end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The embedded emulators behind one port, empty, with what LocalStack says of its own state. */
export async function startOnePort(): Promise<OnePort> {
  const emulatorPort = await freePorts(2);
  const emulators = await startEmulators({ dataDir: temporaryFolder(), emulatorPort, endpoint: undefined });
  const own: Readonly<Record<string, unknown>> = {
    "/": {},
    "/_localstack/health": { services: { dynamodb: "running", sqs: "running" }, edition: "community" },
    "/_localstack/init/ready": { completed: true, scripts: [] },
  };
  const server = createServer((incoming, response) => {
    const said = incoming.method === "GET" ? own[incoming.url ?? ""] : undefined;
    if (said) {
      response.setHeader("content-type", "application/json").end(JSON.stringify(said));
      return;
    }
    const target = String(incoming.headers["x-amz-target"]);
    const port = target.startsWith("DynamoDB") ? emulatorPort : emulatorPort + 1;
    const { method, url: path, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  const port = await freePorts(1);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    async stop() {
      server.close();
      server.closeAllConnections();
      await emulators.stop();
    },
  };
}

/** MiniStack from PyPI: somebody else's AWS, with CloudFormation. */
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
