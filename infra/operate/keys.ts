/**
 * `npm run keys -- create | list | revoke`: manages a stage's API keys directly in its table, for the first
 * key and for recovery. With a key of the scope admin, the API does the same.
 */
import { parseArgs } from "node:util";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { Problem } from "../problem.ts";
import { create, list, revoke } from "./keys/commands.ts";
import { keyDeps } from "./keys/deps.ts";
import { loadSettings, orUsage, resolveTarget } from "./target.ts";

const usage = `npm run keys -- create --name <name> --scopes <scope,scope>
                                  another key; scopes are ingest, read, write and admin
npm run keys -- list              every key, newest first, those that were revoked too
npm run keys -- revoke <id>       lets nobody in with it again
  --stage <stage>   default: STAGE, or local
  --expires <time>  a key that ends by itself, as 2027-01-31T12:00:00Z`;

loadSettings();
const { positionals, values } = orUsage(usage, () =>
  parseArgs({
    allowPositionals: true,
    options: {
      stage: { type: "string" },
      name: { type: "string" },
      scopes: { type: "string" },
      expires: { type: "string" },
    },
  }),
);
const stage = values.stage || process.env.STAGE || "local";
const target = resolveTarget(stage, process.env);

await run().catch(target.fail);

async function run(): Promise<void> {
  const [command, id] = positionals;
  const documents = DynamoDBDocumentClient.from(target.dynamodb(), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const actor = process.env.USER ? `npm run keys, by ${process.env.USER}` : "npm run keys";
  const deps = keyDeps(dynamoTable(documents, target.tableName, Date.now), actor, process.env);
  const { name, scopes, expires } = values;
  if (command === "create") return create(deps, { name, scopes, expires }, target.description);
  if (command === "list") return list(deps);
  if (command === "revoke" && id !== undefined) return revoke(deps, id);
  throw new Problem(usage);
}
