import { isValid, type KeyScope, keyScopes } from "../../../shared/domain/access/api-key.ts";
import { DomainError } from "../../../shared/domain/errors.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { formatInstant, formatMinute, parseInstant } from "../../../shared/domain/time.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../../../shared/use-cases/access/api-keys.ts";
import { Problem } from "../../problem.ts";
import type { keyDeps } from "./deps.ts";

type Deps = ReturnType<typeof keyDeps>;

export interface KeyOptions {
  readonly name: string | undefined;
  /** Comma-separated. */
  readonly scopes: string | undefined;
  readonly expires: string | undefined;
}

/** Prints only the key to standard output, for `KEY=$(npm run --silent keys -- create …)`. */
export async function create(deps: Deps, options: KeyOptions, target: string): Promise<void> {
  const { name = "" } = options;
  if (name.trim() === "" || [...name].length > limits.apiKeyNameLength)
    throw new Problem(`A key needs a --name of at most ${limits.apiKeyNameLength} characters.`);
  const draft = { name: name.trim(), scopes: scopesOf(options), validUntil: endOf(options) };
  const { apiKey, secret } = await asProblem(createApiKey(deps, draft, Date.now()));
  console.error(`${apiKey.id} for ${target}, with ${apiKey.scopes.join(", ")}. The key, shown this once:`);
  console.log(secret);
}

export async function list(deps: Deps): Promise<void> {
  let after: string | null = null;
  do {
    const { items, next } = await listApiKeys(deps, { limit: limits.pageSize, after });
    if (after === null) print(["id", "key", "name", "scopes", "last used"]);
    for (const { apiKey, lastUsedAt } of items) {
      const { id, keyPrefix, name, scopes, revokedAt } = apiKey;
      const over = isValid(apiKey, Date.now()) ? "" : revokedAt === null ? "expired" : "revoked";
      const used = lastUsedAt === null ? "never" : formatMinute(lastUsedAt);
      print([id, `${keyPrefix}…`, name, scopes.join("+"), used, over]);
    }
    after = next;
  } while (after !== null);
}

export async function revoke(deps: Deps, id: string): Promise<void> {
  const { apiKey } = await asProblem(revokeApiKey(deps, id, Date.now()));
  const at = formatInstant(apiKey.revokedAt ?? Date.now());
  console.log(
    `${id} (${apiKey.name}) is revoked since ${at}; it opens nothing ${limits.apiKeyRememberedSeconds} s later.`,
  );
}

function scopesOf({ scopes = "" }: KeyOptions): KeyScope[] {
  const wanted = new Set(scopes.split(",").map((scope) => scope.trim()));
  const known = keyScopes.filter((scope) => wanted.delete(scope));
  if (wanted.size > 0) throw new Problem(`--scopes takes some of ${keyScopes.join(",")}, by commas.`);
  return known;
}

function endOf({ expires }: KeyOptions): number | null {
  if (expires === undefined) return null;
  const at = parseInstant(expires);
  if (at === undefined) throw new Problem("--expires takes a time like 2027-01-31T12:00:00Z.");
  return at;
}

/** Converts domain errors to messages for the user. */
async function asProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "unavailable") throw error;
    const faults = error.faults.map(({ path, message }) => `${path} ${message}`);
    throw new Problem(`Not done: ${faults.join("; ") || error.message}.`);
  }
}

const widths = [32, 13, 24, 24, 24, 8];

function print(cells: readonly string[]): void {
  console.log(
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("")
      .trimEnd(),
  );
}
