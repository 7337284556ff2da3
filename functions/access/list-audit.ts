import { listAuditContract, presentAuditEntry } from "../../shared/contracts/access/list-audit.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { contentHash } from "../../shared/domain/access/audit-chain.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { audit } from "../../shared/runtime/later/stores.ts";

export const handler = endpoint(listAuditContract, async ({ query, page, cursor }) => {
  const { resource, actor, event, ip_address: ipAddress } = query;
  const { items, next } = await audit().list({ resource, actor, event, ipAddress }, page);
  const entries = items.map((entry) => presentAuditEntry(entry, contentHash(entry, sha256)));
  return { body: { entries, next_cursor: cursor(next) } };
});
