import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ownEnvironment } from "../../infra/stack/channel-settings.ts";
import type { Check } from "./check.ts";

/** Settings of the local platform, its start script, or AWS tools, which users do not set. */
const notForPeople: ReadonlySet<string> = new Set([
  "AWS_ENDPOINT_URL_SQS",
  "AWS_PROFILE",
  "BUNDLES_DIR",
  "PARENT_PID",
  "PREBUILT_BUNDLES",
  "SLS_CONFIG_VALIDATION",
]);

export const settings: Check = {
  name: "settings",
  async run(root) {
    const read = (path: string) => readFileSync(join(root, path), "utf8");
    const code = globSync("{shared,functions,localstack,monitoring}/**/*.ts", { cwd: root })
      .filter((path) => !path.endsWith(".test.ts"))
      .map(read);
    return {
      faults: settingFaults({
        example: read(".env.example"),
        environment: read("infra/stack/environment.yml"),
        config: read("shared/runtime/config.ts"),
        own: [...new Set(Object.values(ownEnvironment).flatMap(Object.keys))],
        service: read("serverless.yml"),
        compose: read("docker-compose.yml"),
        code,
      }),
    };
  },
};

export interface SettingSources {
  readonly example: string;
  readonly environment: string;
  readonly config: string;
  /** Settings that single functions have, such as those of channels. */
  readonly own: readonly string[];
  readonly service: string;
  readonly compose: string;
  readonly code: readonly string[];
}

/** Requires every setting to be documented, passed to its functions, and read. */
export function settingFaults(sources: SettingSources): string[] {
  const { example, environment, config, own, service, compose, code } = sources;
  const { explained, bare } = readExample(example);
  const passedOn = [...environment.matchAll(/^([A-Z][A-Z0-9_]*):\s*(.*)$/gm)];
  const provided = new Set([...own, ...passedOn.map(([, name]) => name ?? "")]);
  const derived = new Set(
    passedOn.filter(([, , value]) => !value?.includes("${env:")).map(([, name]) => name ?? ""),
  );
  const configured = namesIn(config, /(?<=[{,\s])"?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|AUTH|STAGE)"?\s*[:,]/g);
  const used = new Set([
    ...configured,
    ...own,
    ...code.flatMap((text) => [...namesIn(text, /\benv(?:\.|, ")([A-Z][A-Z0-9_]*)/g)]),
    ...namesIn(environment + service, /\benv:([A-Z][A-Z0-9_]*)/g),
    ...namesIn(compose, /\$\{([A-Z][A-Z0-9_]*)/g),
  ]);
  const known = (name: string) => explained.has(name) || derived.has(name) || notForPeople.has(name);
  return [
    ...bare.map((name) => `.env.example: ${name} has no comment above it`),
    ...[...used].filter((name) => !known(name)).map((name) => `.env.example: ${name} is read but missing`),
    ...[...explained].filter((name) => !used.has(name)).map((name) => `.env.example: nothing reads ${name}`),
    ...[...configured]
      .filter((name) => !provided.has(name))
      .map(
        (name) =>
          `infra/stack/environment.yml: ${name} of shared/runtime/config.ts is not passed to functions`,
      ),
  ];
}

/** Returns settings with a comment directly above them, and those without. Settings may be commented out. */
function readExample(text: string): { explained: Set<string>; bare: string[] } {
  const explained = new Set<string>();
  const bare: string[] = [];
  let comment = false;
  for (const line of text.split("\n")) {
    const name = /^(?:# ?)?([A-Z][A-Z0-9_]*)=/.exec(line)?.[1];
    if (name && comment) explained.add(name);
    else if (name) bare.push(name);
    comment = line.startsWith("#") && (!name || comment);
  }
  return { explained, bare };
}

function namesIn(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ""));
}
