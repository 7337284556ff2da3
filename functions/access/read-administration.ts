import { presentApiKey } from "../../shared/contracts/access/api-key.ts";
import { getApiKeyContract } from "../../shared/contracts/access/get-api-key.ts";
import { listApiKeysContract } from "../../shared/contracts/access/list-api-keys.ts";
import { listAuditContract, presentAuditEntry } from "../../shared/contracts/access/list-audit.ts";
import { oneOf } from "../../shared/http/one-of.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { apiKeys, audit } from "../../shared/runtime/stores.ts";
import { listApiKeys, readApiKey } from "../../shared/use-cases/access/api-keys.ts";

const listKeys = endpoint(listApiKeysContract, async ({ page, cursor }) => {
  const { items, next } = await listApiKeys({ apiKeys: apiKeys() }, page);
  const keys = items.map(({ apiKey, lastUsedAt }) => presentApiKey(apiKey, lastUsedAt));
  return { body: { keys, next_cursor: cursor(next) } };
});

const getKey = endpoint(getApiKeyContract, async ({ params: { id } }) => {
  const { apiKey, lastUsedAt } = await readApiKey({ apiKeys: apiKeys() }, id);
  return { body: presentApiKey(apiKey, lastUsedAt) };
});

const listAudit = endpoint(listAuditContract, async ({ query: { resource, actor }, page, cursor }) => {
  const { items, next } = await audit().list({ resource, actor }, page);
  return { body: { entries: items.map(presentAuditEntry), next_cursor: cursor(next) } };
});

export const handler = oneOf(
  { contract: listApiKeysContract, handler: listKeys },
  { contract: getApiKeyContract, handler: getKey },
  { contract: listAuditContract, handler: listAudit },
);
