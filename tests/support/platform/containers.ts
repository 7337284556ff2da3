/**
 * Runs the containers of docker-compose.yml as processes, with their commands and health checks, on test
 * ports.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { type ComposeService, dockerfileOf, readCompose } from "../../../ci/checks/compose-file.ts";
import { lastOf, parseDockerfile } from "../../../ci/checks/dockerfile.ts";
import { freePorts, startMs, waitFor } from "./platform.ts";

const root = resolve(import.meta.dirname, "../../..");

export const { services } = readCompose(root);

export interface Container {
  readonly pid: number;
  output(): string;
  /** Runs the health check until it passes. */
  healthy(): Promise<void>;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Sends SIGTERM, like `docker stop`. @returns the exit code */
  stop(): Promise<number | null>;
}

export interface ContainerPlace {
  /** Paths in the container and their local replacements. */
  readonly paths?: Readonly<Record<string, string>>;
  /** Working directory. Default: the repository. */
  readonly cwd?: string;
  /** Folder that is searched for programs first. */
  readonly path?: string;
  /** Additional environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Maps all containers to this machine: host names to loopback, and every port to a free one.
 *
 * @param given ports that are already served
 */
export async function containersOn(given: Readonly<Record<number, number>>) {
  const wanted = [3002, 8080, 9090, 9093, 9464];
  const first = await freePorts(wanted.length);
  const ports: Readonly<Record<number, number>> = {
    ...Object.fromEntries(wanted.map((port, index) => [port, first + index])),
    ...given,
  };
  const names = new RegExp(`\\b(${Object.keys(services).join("|")})(?=:\\d)|\\b0\\.0\\.0\\.0\\b`, "g");

  function here(text: string, paths: Readonly<Record<string, string>> = {}): string {
    return Object.entries(paths)
      .reduce((moved, [from, to]) => moved.replaceAll(from, to), text)
      .replace(names, "127.0.0.1")
      .replace(/=(?=:\d)/, "=127.0.0.1") // a listen address without a host
      .replace(/(?<=^|:)\d{4}\b/g, (port) => `${ports[Number(port)] ?? port}`);
  }

  /** Runs a container's health check until it passes. */
  async function healthy(name: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
    const [probe = "", ...args] = imageOf(name).check.map((argument) => here(argument));
    // Each probe is a process, and would take a core from the container that starts.
    await waitFor(() => promisify(execFile)(probe, args, { env }).then(() => true), startMs, 500);
  }

  return {
    /** URL of a container's port. */
    url: (port: number) => `http://127.0.0.1:${ports[port]}`,
    here: (text: string) => here(text),
    healthy: (name: string) => healthy(name),

    run(name: string, { paths = {}, cwd = root, path = "", env: more = {} }: ContainerPlace = {}): Container {
      const { environment, command } = imageOf(name);
      const PATH = [path, join(process.execPath, ".."), process.env.PATH].filter(Boolean).join(":");
      const env = {
        PATH,
        ...Object.fromEntries(
          Object.entries(environment).map(([key, value]) => [key, here(`${value}`, paths)]),
        ),
        ...more,
      };
      const [program = "", ...args] = command.map((argument) => here(argument, paths));
      const child: ChildProcess = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
      let printed = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on("data", (chunk) => {
          printed += chunk;
        });
      }
      const ended = once(child, "close").then(([code]) => code as number | null);
      return {
        pid: child.pid ?? -1,
        output: () => printed,
        ended,
        async healthy() {
          const gone = ended.then((code) => {
            throw new Error(`${name} ended with ${code}:\n${printed}`);
          });
          await Promise.race([healthy(name, env), gone]);
          gone.catch(() => {});
        },
        async stop() {
          child.kill("SIGTERM");
          return ended;
        },
      };
    },
  };
}

/** Returns the command and health check of a container. Compose takes precedence over the image. */
function imageOf(name: string) {
  const service: ComposeService = services[name] ?? {};
  const dockerfile = dockerfileOf(service);
  const image = parseDockerfile(dockerfile ? readFileSync(join(root, dockerfile), "utf8") : "");
  const said = image.instructions.filter(({ word }) => word === "ENV").map(({ rest }) => rest);
  const defaults = said.flatMap((line) => line.split(" ").map((pair) => pair.split("=")));
  const command = service.command ?? list(lastOf(image, "CMD"));
  return {
    environment: { ...Object.fromEntries(defaults), ...service.environment },
    command: [...(service.entrypoint ?? (dockerfile ? [] : [name])), ...command],
    check: checkOf(
      service.healthcheck?.test ?? list(/CMD (.*)$/.exec(lastOf(image, "HEALTHCHECK") ?? "")?.[1]),
    ),
  };
}

function checkOf(test: readonly string[]): readonly string[] {
  if (test[0] === "CMD-SHELL") return ["/bin/sh", "-c", test[1] ?? ""];
  return test[0] === "CMD" ? test.slice(1) : test;
}

function list(json: string | undefined): string[] {
  return json ? JSON.parse(json) : [];
}

/**
 * Creates the contents of the functions' image: files not excluded by .dockerignore, without development
 * packages.
 */
export function writeImage(): string {
  const folder = mkdtempSync(join(tmpdir(), "image-"));
  const allowed = readFileSync(join(root, ".dockerignore"), "utf8").matchAll(/^!(.+)$/gm);
  for (const [, path = ""] of allowed) cpSync(join(root, path), join(folder, path), { recursive: true });
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  for (const [path, { dev }] of Object.entries<{ dev?: boolean }>(lock.packages)) {
    const isOfImage = /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !dev && !path.includes("@dynoxide");
    if (!isOfImage || !existsSync(join(root, path))) continue; // optional packages may be missing
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(root, path), join(folder, path));
  }
  return folder;
}
