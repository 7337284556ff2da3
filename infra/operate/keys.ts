/**
 * `npm run keys`: API keys of a stage, written to its table. It creates the first key of a stage, and another one when
 * all keys are lost. With a key of the scope admin, the API does the same.
 */
import { keyScopes } from "../../shared/domain/access/api-key.ts";
import { addSubcommand, createCommand } from "../command.ts";
import { commandActor } from "./command-journal.ts";
import { create, list, revoke } from "./keys/commands.ts";
import { keyDeps } from "./keys/deps.ts";
import { addTargetOptions, openTarget } from "./target.ts";
import { tableOf } from "./target-table.ts";

export const command = addTargetOptions(
  createCommand("keys", "Create, list and revoke API keys.", [
    ["create --name prometheus --scopes ingest", "Create a key that can only send alerts"],
    [
      "create --name deploy --scopes write --teams payments,search",
      "Create a key that can only change two teams",
    ],
    ["create --stage prod --name admin --scopes admin", "Create the first key of a stage on AWS"],
    ["list", "List all keys, newest first"],
    ["revoke key_01J9ZP1RJ4Q0N9Y3V0X2K5T7WD", "Revoke a key"],
  ]),
);

addSubcommand(command, "create", "create a key and print it once")
  .requiredOption("--name <name>", "name of the key")
  .requiredOption("--scopes <scopes>", `comma-separated list of: ${keyScopes.join(", ")}`)
  .option("--teams <teams>", "comma-separated list of teams that the key can change (default: all)")
  .option("--break-glass", "create a key for emergencies; its use notifies all administrators")
  .option("--expires <time>", "expiry, for example 2027-01-31T12:00:00Z (default: never)")
  .option("--json", "print JSON")
  .action((options) => work((deps, target) => create(deps, options, target)));

addSubcommand(command, "list", "list all keys, newest first, including revoked keys")
  .option("--json", "print JSON")
  .action(({ json = false }) => work((deps) => list(deps, json)));

addSubcommand(command, "revoke <id>", "revoke a key").action((id) => work((deps) => revoke(deps, id)));

async function work(
  run: (deps: ReturnType<typeof keyDeps>, description: string) => Promise<void>,
): Promise<void> {
  const target = openTarget(command.opts());
  try {
    const deps = keyDeps(tableOf(target), commandActor("keys", process.env), process.env);
    await run(deps, target.description);
  } catch (error) {
    target.fail(error);
  }
}
