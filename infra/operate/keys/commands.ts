import { apiKeyDraftOf, apiKeyInput } from "../../../shared/contracts/access/api-key.ts";
import {
  type ApiKey,
  type ApiKeyDraft,
  isValid,
  type KeyScope,
  keyScopes,
} from "../../../shared/domain/access/api-key.ts";
import { DomainError, type Fault } from "../../../shared/domain/errors.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { unknownTeamOfKeyWarning } from "../../../shared/domain/oncall/unknown-team.ts";
import { formatInstant, formatMinute } from "../../../shared/domain/time.ts";
import { createApiKey } from "../../../shared/use-cases/access/create-api-key.ts";
import { listApiKeys } from "../../../shared/use-cases/access/list-api-keys.ts";
import { revokeApiKey } from "../../../shared/use-cases/access/revoke-api-key.ts";
import { allItems } from "../../../shared/use-cases/all-items.ts";
import { faultsOf } from "../../../shared/validation/faults.ts";
import { commandLine } from "../../command.ts";
import { Problem } from "../../problem.ts";
import { print, tableOf } from "../print.ts";
import type { keyDeps } from "./deps.ts";

type Deps = ReturnType<typeof keyDeps>;

interface KeyOptions {
  readonly name: string;
  /** Comma-separated. */
  readonly scopes: string;
  /** Comma-separated. Default: all teams. */
  readonly teams?: string | undefined;
  readonly breakGlass?: boolean | undefined;
  readonly expires?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Prints only the key to standard output, for `KEY=$(npm run --silent keys -- create …)`. */
export async function create(deps: Deps, options: KeyOptions, target: string): Promise<void> {
  const { apiKey, secret, unknownTeams } = await asProblem(createApiKey(deps, draftOf(options), Date.now()));
  const warnings = unknownTeams.map((team) => unknownTeamOfKeyWarning(JSON.stringify(team)));
  const { id, name, scopes, teams, breakGlass } = apiKey;
  console.error(
    `Created ${id} for ${target} with ${scopes.length === 1 ? "scope" : "scopes"} ${scopes.join(", ")}. The key is shown only once:`,
  );
  print(
    { id, name, scopes, teams, break_glass: breakGlass, key: secret, warnings },
    options.json ?? false,
    ({ key }) => key,
  );
  for (const warning of warnings) console.error(warning);
}

export async function list(deps: Deps, json: boolean): Promise<void> {
  const now = Date.now();
  const keys = allItems((after) => listApiKeys(deps, { limit: limits.pageSize, after }));
  const rows = await Array.fromAsync(
    keys,
    ({ apiKey, lastUsedAt }): KeyRow => ({
      id: apiKey.id,
      key_prefix: apiKey.keyPrefix,
      name: apiKey.name,
      scopes: apiKey.scopes,
      teams: apiKey.teams,
      break_glass: apiKey.breakGlass,
      last_used_at: lastUsedAt === null ? null : formatInstant(lastUsedAt),
      state: stateOf(apiKey, now),
    }),
  );
  print(rows, json, keyTable);
}

interface KeyRow {
  readonly id: string;
  readonly key_prefix: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** Null: all. */
  readonly teams: readonly string[] | null;
  readonly break_glass: boolean;
  readonly last_used_at: string | null;
  readonly state: "valid" | "expired" | "revoked";
}

function stateOf(apiKey: ApiKey, now: number): KeyRow["state"] {
  if (isValid(apiKey, now)) return "valid";
  return apiKey.revokedAt === null ? "expired" : "revoked";
}

function keyTable(keys: readonly KeyRow[]): string {
  if (keys.length === 0)
    return `There are no keys. Create one: ${commandLine("keys", "create --name <name> --scopes <scopes>")}`;
  const rows = keys.map(({ id, key_prefix, name, scopes, teams, break_glass, last_used_at, state }) => [
    id,
    `${key_prefix}…`,
    name,
    scopes.join("+"),
    teams === null ? "all" : teams.join(", "),
    break_glass ? "yes" : "no",
    last_used_at === null ? "never" : formatMinute(Date.parse(last_used_at)),
    state === "valid" ? "" : state,
  ]);
  const headings = ["id", "key", "name", "scopes", "teams", "break-glass", "last used"];
  return tableOf([headings, ...rows], [32, 13, 24, 24, 24, 13, 24, 8]);
}

export async function revoke(deps: Deps, id: string): Promise<void> {
  const { apiKey } = await asProblem(revokeApiKey(deps, id, Date.now()));
  const at = formatInstant(apiKey.revokedAt ?? Date.now());
  console.log(
    `Revoked ${id} (${apiKey.name}) at ${at}. It stops working within ${limits.apiKeyCacheSeconds} seconds.`,
  );
}

/** Returns the draft of a key, by the rules of `POST /api/v1/keys`. */
function draftOf({ name, scopes, teams, breakGlass, expires }: KeyOptions): ApiKeyDraft {
  const wanted = partsOf(scopes);
  if (wanted.some((scope) => !keyScopes.some((known) => known === scope)))
    throw new Problem(`--scopes must be a comma-separated list of: ${keyScopes.join(", ")}.`);
  const result = apiKeyInput.safeParse({
    name: name.trim(),
    scopes: wanted,
    teams: teams === undefined ? null : partsOf(teams),
    break_glass: breakGlass,
    expires_at: expires,
  });
  if (!result.success) throw problemOf(faultsOf(result.error.issues, limits.faultsPerReply));
  return apiKeyDraftOf(result.data);
}

function partsOf(list: string): string[] {
  return list.split(",").map((part) => part.trim());
}

/** Options by the field of the API. */
const options: Readonly<Record<string, string>> = {
  name: "--name",
  scopes: "--scopes",
  teams: "--teams",
  break_glass: "--break-glass",
  expires_at: "--expires",
};

/** Names the options that have faults. */
function problemOf(faults: readonly Fault[]): Problem {
  const lines = faults.map(({ path, message }) => {
    const [field = "", ...rest] = path.split(".");
    return `${[options[field] ?? field, ...rest].join(".")} ${message}`;
  });
  return new Problem(`Nothing was changed: ${lines.join("; ")}.`);
}

/** Turns a rejection by the platform into an error that the user can fix. */
async function asProblem<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code === "unavailable") throw error;
    throw error.faults.length > 0
      ? problemOf(error.faults)
      : new Problem(`Nothing was changed: ${error.message}.`);
  }
}
