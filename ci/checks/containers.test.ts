import { expect, it } from "vitest";
import { parseCompose } from "./compose-file.ts";
import { composeFaults } from "./containers.ts";

const good = `
x-held: &held { cap_drop: [ALL], security_opt: ["no-new-privileges:true"], mem_limit: 64m, cpus: 1, pids_limit: 10, read_only: true }
services:
  once:
    <<: *held
    build: .
    restart: "no"
    environment: { AWS_SECRET_ACCESS_KEY: local, TOKEN: "\${TOKEN:-}" }
  served:
    <<: *held
    image: \${IMAGE:-prom/prometheus:v3.13.3@sha256:${"0".repeat(64)}}
    user: "65534"
    healthcheck: { test: [CMD, "true"] }
    ports: ["127.0.0.1:\${PORT:-\${OTHER_PORT:-9090}}:9090"]
    volumes: ["kept:/data", "./conf:/etc/conf:ro"]
    depends_on: { once: { condition: service_completed_successfully } }
volumes: { kept: }
`;

const faultsOf = (text: string) => composeFaults(parseCompose(text), () => true);

it("containers that are confined, bounded, watched and in order are fine; variables have their defaults", () => {
  expect(parseCompose(good).services.served?.ports).toEqual(["127.0.0.1:9090:9090"]);
  expect(faultsOf(good)).toEqual([]);
});

it.each([
  [
    `v3.13.3@sha256:${"0".repeat(64)}`,
    "v3.13.3",
    "served runs prom/prometheus:v3.13.3, which is not pinned to a version and digest",
  ],
  ['user: "65534"', 'user: "0"', "served runs as root"],
  ['user: "65534"', "", "served runs as root"],
  ["cap_drop: [ALL], ", "", "once keeps capabilities"],
  ['security_opt: ["no-new-privileges:true"], ', "", "once may gain privileges"],
  [", read_only: true", "", "once can write to its image"],
  ["mem_limit: 64m, ", "", "once has no limit of memory"],
  ["cpus: 1, ", "", "once has no limit of processors"],
  ["pids_limit: 10, ", "", "once has no limit of processes"],
  ['healthcheck: { test: [CMD, "true"] }', "", "served has no health check"],
  ['{ test: [CMD, "true"] }', "{ disable: true }", "served disables its health check"],
  ["127.0.0.1:", "", "served exposes 9090:9090 beyond this machine"],
  ["user:", "network_mode: host\n    user:", "served is on the network host"],
  [
    "service_completed_successfully",
    "service_started",
    "served does not wait until once is service_completed_successfully",
  ],
  ["{ once: {", "{ twice: {", "served depends on twice, which does not exist"],
  ["TOKEN:-}", "TOKEN:-hunter2}", "once contains TOKEN. Move it to .env"],
  [":ro", "", "served can write to ./conf"],
  ["kept:/data", "lost:/data", "served has no volume lost"],
])("%j as %j is a fault", (from, to, fault) => {
  expect(good).toContain(from);
  expect(faultsOf(good.replace(from, to))).toContain(`docker-compose.yml: ${fault}`);
});

it("a mounted file or build folder that is missing is reported", () => {
  expect(composeFaults(parseCompose(good), () => false)).toEqual([
    "docker-compose.yml: once is built from Dockerfile, which does not exist",
    "docker-compose.yml: served mounts ./conf, which does not exist",
  ]);
});
