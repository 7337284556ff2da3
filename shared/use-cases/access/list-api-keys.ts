import type { Page, PageRequest } from "../ports/page.ts";
import type { ApiKeyDeps, WithUse } from "./make-api-key.ts";

export async function listApiKeys({ apiKeys }: ApiKeyDeps, page: PageRequest): Promise<Page<WithUse>> {
  const { items, next } = await apiKeys.list(page);
  const uses = await apiKeys.lastUses(items.map(({ id }) => id));
  return { items: items.map((apiKey) => ({ apiKey, lastUsedAt: uses.get(apiKey.id) ?? null })), next };
}

/** Returns true if at least one key was ever created. */
export async function hasApiKeys({ apiKeys }: ApiKeyDeps): Promise<boolean> {
  return (await apiKeys.list({ limit: 1, after: null })).items.length > 0;
}
