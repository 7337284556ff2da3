/** docker-compose.yml as Compose reads it with default settings. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";

export interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

export interface ComposeService {
  readonly image?: string;
  readonly build?: string | { readonly context: string; readonly dockerfile?: string };
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition?: string }>>;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly network_mode?: string;
  readonly read_only?: boolean;
  readonly mem_limit?: string;
  readonly cpus?: number;
  readonly pids_limit?: number;
}

export function readCompose(root: string): Compose {
  return parseCompose(readFileSync(`${root}/docker-compose.yml`, "utf8"));
}

export function parseCompose(text: string): Compose {
  const reviver = (_: unknown, value: unknown) => (typeof value === "string" ? withDefaults(value) : value);
  return parse(text, reviver, { merge: true }) as Compose;
}

/** Replaces each `${NAME:-default}` by its default, innermost first. Without a default, the value is empty, not null. */
function withDefaults(text: string): string {
  const filled = text.replace(/\$\{[A-Z0-9_]+(?::-([^${}]*))?\}/g, (_, fallback = "") => fallback);
  return filled === text ? text : withDefaults(filled);
}

/** Returns the path of a service's Dockerfile; undefined if its image is pulled. */
export function dockerfileOf({ build }: ComposeService): string | undefined {
  if (build === undefined) return undefined;
  return (typeof build === "string" ? undefined : build.dockerfile) ?? "Dockerfile";
}

/** Returns true for a service that runs once and ends. */
export function isOneShot({ restart }: ComposeService): boolean {
  return restart === "no";
}
