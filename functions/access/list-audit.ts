import { listAuditContract, presentAuditEntry } from "../../shared/contracts/access/list-audit.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { audit } from "../../shared/runtime/stores.ts";

export const handler = endpoint(listAuditContract, async ({ query: { resource, actor }, page, cursor }) => {
  const { items, next } = await audit().list({ resource, actor }, page);
  return { body: { entries: items.map(presentAuditEntry), next_cursor: cursor(next) } };
});
