import { keyDeps } from "../../infra/operate/keys/deps.ts";
import { createDocumentClient, dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { createApiKey } from "../../shared/use-cases/access/create-api-key.ts";
import { hasApiKeys } from "../../shared/use-cases/access/list-api-keys.ts";

/** Creates an admin key if the table has no key, not even a revoked one; otherwise undefined. */
export async function firstKeyOf(tableName: string): Promise<string | undefined> {
  const client = createDocumentClient();
  try {
    const deps = keyDeps(dynamoTable(client, tableName, Date.now), "npm start", process.env);
    if (await hasApiKeys(deps)) return undefined;
    const draft = {
      name: "first",
      scopes: ["admin"],
      teams: null,
      breakGlass: false,
      validUntil: null,
    } as const;
    return (await createApiKey(deps, draft, Date.now())).secret;
  } finally {
    client.destroy();
  }
}
