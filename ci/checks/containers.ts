/** Rules for all containers of docker-compose.yml and all images built here. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./check.ts";
import { type Compose, type ComposeService, dockerfileOf, isOneShot, readCompose } from "./compose-file.ts";
import { dockerfileFaults, isPinned } from "./dockerfile.ts";

export const containers: Check = {
  name: "containers",
  async run(root) {
    const compose = readCompose(root);
    const dockerfiles = globSync("{Dockerfile,monitoring/**/Dockerfile,localstack/**/Dockerfile}", {
      cwd: root,
    });
    return {
      faults: [
        ...composeFaults(compose, (path) => existsSync(join(root, path))),
        ...dockerfiles.flatMap((path) =>
          dockerfileFaults(readFileSync(join(root, path), "utf8")).map((fault) => `${path}: ${fault}`),
        ),
      ],
    };
  },
};

/** LocalStack writes to many places. */
const writable: ReadonlySet<string> = new Set(["localstack"]);

/** @param exists returns true if a path of the repository exists */
export function composeFaults(compose: Compose, exists: (path: string) => boolean): string[] {
  return Object.entries(compose.services).flatMap(([name, service]) =>
    [
      imageFaults(service, exists),
      privilegeFaults(name, service),
      limitFaults(service),
      healthFaults(service),
      orderFaults(service, compose),
      exposureFaults(service),
      secretFaults(service),
      mountFaults(service, compose, exists),
    ]
      .flat()
      .map((fault) => `docker-compose.yml: ${name} ${fault}`),
  );
}

function imageFaults(service: ComposeService, exists: (path: string) => boolean): string[] {
  const dockerfile = dockerfileOf(service);
  if (dockerfile) return exists(dockerfile) ? [] : [`is built from ${dockerfile}, which does not exist`];
  return isPinned(service.image ?? "")
    ? []
    : [`runs ${service.image}, which is not pinned to a version and digest`];
}

function privilegeFaults(name: string, service: ComposeService): string[] {
  const { user, cap_drop = [], security_opt = [], privileged, read_only } = service;
  const faults: string[] = [];
  // Images built here set their user themselves.
  if (/^(root|0)?(:|$)/.test(user ?? (dockerfileOf(service) ? "node" : ""))) faults.push("runs as root");
  if (!cap_drop.includes("ALL")) faults.push("keeps capabilities");
  if (!security_opt.includes("no-new-privileges:true")) faults.push("may gain privileges");
  if (privileged) faults.push("is privileged");
  if (!read_only && !writable.has(name)) faults.push("can write to its image");
  return faults;
}

function limitFaults({ mem_limit, cpus, pids_limit }: ComposeService): string[] {
  const limits = { memory: mem_limit, processors: cpus, processes: pids_limit };
  return Object.entries(limits).flatMap(([what, limit]) => (limit ? [] : [`has no limit of ${what}`]));
}

function healthFaults(service: ComposeService): string[] {
  if (isOneShot(service)) return [];
  const { healthcheck } = service;
  if (healthcheck?.disable) return ["disables its health check"];
  return healthcheck?.test || dockerfileOf(service) ? [] : ["has no health check"];
}

function orderFaults({ depends_on = {} }: ComposeService, { services }: Compose): string[] {
  return Object.entries(depends_on).flatMap(([name, { condition }]) => {
    const other = services[name];
    if (!other) return [`depends on ${name}, which does not exist`];
    const wanted = isOneShot(other) ? "service_completed_successfully" : "service_healthy";
    return condition === wanted ? [] : [`does not wait until ${name} is ${wanted}`];
  });
}

function exposureFaults({ ports = [], network_mode }: ComposeService): string[] {
  return [
    ...ports
      .filter((port) => !port.startsWith("127.0.0.1:"))
      .map((port) => `exposes ${port} beyond this machine`),
    ...(network_mode ? [`is on the network ${network_mode}`] : []),
  ];
}

/** Rejects secrets, except empty values and the placeholder for emulators. */
function secretFaults({ environment = {} }: ComposeService): string[] {
  return Object.entries(environment)
    .filter(([name]) => /TOKEN|SECRET|PASSWORD|KEY/.test(name))
    .filter(([, value]) => value !== null && value !== "" && value !== "local")
    .map(([name]) => `contains ${name}. Move it to .env`);
}

function mountFaults(
  { volumes = [] }: ComposeService,
  compose: Compose,
  exists: (path: string) => boolean,
): string[] {
  return volumes.flatMap((volume) => {
    const [source = "", , mode] = volume.split(":");
    if (!source.startsWith(".")) return source in (compose.volumes ?? {}) ? [] : [`has no volume ${source}`];
    if (!exists(source)) return [`mounts ${source}, which does not exist`];
    return mode === "ro" ? [] : [`can write to ${source}`];
  });
}
