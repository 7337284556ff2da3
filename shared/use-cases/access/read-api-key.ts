import { required } from "../required.ts";
import type { ApiKeyDeps, WithUse } from "./make-api-key.ts";

/** @throws NotFound */
export async function readApiKey({ apiKeys }: ApiKeyDeps, id: string): Promise<WithUse> {
  const apiKey = required(await apiKeys.find(id), "key", id);
  return { apiKey, lastUsedAt: (await apiKeys.lastUses([id])).get(id) ?? null };
}
