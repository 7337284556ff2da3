import { type ApiKey, isValid, type KeyScope, keyScopes } from "../../../shared/domain/access/api-key.ts";
import { DomainError } from "../../../shared/domain/errors.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { formatInstant, formatMinute, parseInstant } from "../../../shared/domain/time.ts";
import { createApiKey } from "../../../shared/use-cases/access/create-api-key.ts";
import { listApiKeys } from "../../../shared/use-cases/access/list-api-keys.ts";
import { revokeApiKey } from "../../../shared/use-cases/access/revoke-api-key.ts";
import { Problem } from "../../problem.ts";
import { print, tableOf } from "../print.ts";
import type { keyDeps } from "./deps.ts";

type Deps = ReturnType<typeof keyDeps>;

interface KeyOptions {
  readonly name: string;
  /** Comma-separated. */
  readonly scopes: string;
  readonly expires?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Prints only the key to standard output, for `KEY=$(npm run --silent keys -- create …)`. */
export async function create(deps: Deps, options: KeyOptions, target: string): Promise<void> {
  const { name, json = false } = options;
  if (name.trim() === "" || [...name].length > limits.apiKeyNameLength)
    throw new Problem(`--name must be 1 to ${limits.apiKeyNameLength} characters long.`);
  const draft = {
    name: name.trim(),
    scopes: scopesOf(options),
    teams: null,
    breakGlass: false,
    validUntil: endOf(options),
  };
  const { apiKey, secret } = await asProblem(createApiKey(deps, draft, Date.now()));
  const { id, scopes } = apiKey;
  console.error(
    `Created ${id} for ${target} with ${scopes.length === 1 ? "scope" : "scopes"} ${scopes.join(", ")}. The key is shown only once:`,
  );
  print({ id, name: draft.name, scopes, key: secret }, json, ({ key }) => key);
}

export async function list(deps: Deps, json: boolean): Promise<void> {
  const now = Date.now();
  const all: KeyRow[] = [];
  let after: string | null = null;
  do {
    const { items, next } = await listApiKeys(deps, { limit: limits.pageSize, after });
    all.push(
      ...items.map(({ apiKey, lastUsedAt }) => ({
        id: apiKey.id,
        key_prefix: apiKey.keyPrefix,
        name: apiKey.name,
        scopes: apiKey.scopes,
        last_used_at: lastUsedAt === null ? null : formatInstant(lastUsedAt),
        state: stateOf(apiKey, now),
      })),
    );
    after = next;
  } while (after !== null);
  print(all, json, keyTable);
}

interface KeyRow {
  readonly id: string;
  readonly key_prefix: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly last_used_at: string | null;
  readonly state: "valid" | "expired" | "revoked";
}

function stateOf(apiKey: ApiKey, now: number): KeyRow["state"] {
  if (isValid(apiKey, now)) return "valid";
  return apiKey.revokedAt === null ? "expired" : "revoked";
}

function keyTable(keys: readonly KeyRow[]): string {
  const rows = keys.map(({ id, key_prefix, name, scopes, last_used_at, state }) => [
    id,
    `${key_prefix}…`,
    name,
    scopes.join("+"),
    last_used_at === null ? "never" : formatMinute(Date.parse(last_used_at)),
    state === "valid" ? "" : state,
  ]);
  return tableOf([["id", "key", "name", "scopes", "last used"], ...rows], [32, 13, 24, 24, 24, 8]);
}

export async function revoke(deps: Deps, id: string): Promise<void> {
  const { apiKey } = await asProblem(revokeApiKey(deps, id, Date.now()));
  const at = formatInstant(apiKey.revokedAt ?? Date.now());
  console.log(
    `Revoked ${id} (${apiKey.name}) at ${at}. It stops working within ${limits.apiKeyCacheSeconds} seconds.`,
  );
}

function scopesOf({ scopes }: KeyOptions): KeyScope[] {
  const wanted = new Set(scopes.split(",").map((scope) => scope.trim()));
  const known = keyScopes.filter((scope) => wanted.delete(scope));
  if (wanted.size > 0)
    throw new Problem(`--scopes must be a comma-separated list of: ${keyScopes.join(", ")}.`);
  return known;
}

function endOf({ expires }: KeyOptions): number | null {
  if (expires === undefined) return null;
  const at = parseInstant(expires);
  if (at === undefined) throw new Problem("--expires must be a time such as 2027-01-31T12:00:00Z.");
  return at;
}

/** Turns a rejection by the platform into an error that the user can fix. */
async function asProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "unavailable") throw error;
    const faults = error.faults.map(({ path, message }) => `${path} ${message}`);
    throw new Problem(`Nothing was changed: ${faults.join("; ") || error.message}.`);
  }
}
