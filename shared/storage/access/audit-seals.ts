import * as z from "zod";
import { sha256 } from "../../crypto/sha256.ts";
import type { AuditEntry } from "../../domain/access/audit.ts";
import { contentHash, type EntryDigest, type Seal } from "../../domain/access/audit-chain.ts";
import { entity } from "../entity.ts";
import { keys } from "../keys.ts";
import type { Item } from "../table.ts";

const digest = {
  entryId: z.string(),
  content: z.string(),
  entryExpiresAt: z.number().nullable(),
};

/** Digests of entries that are not sealed yet. */
export const entryDigestEntity = entity<EntryDigest>({
  name: "audit entry digest",
  schema: z.object(digest),
  key: ({ entryId }) => keys.entryDigest(entryId),
});

export const sealEntity = entity<Seal>({
  name: "audit seal",
  schema: z.object({ ...digest, number: z.int(), hash: z.string() }),
  key: ({ number }) => keys.seal(number),
});

/** Returns the digest of an entry, as the item by which it is sealed. @param stored the entry's own item */
export function digestItem({ expiresAt }: Item, entry: AuditEntry): Item {
  return entryDigestEntity.toItem({
    entryId: entry.id,
    content: contentHash(entry, sha256),
    entryExpiresAt: typeof expiresAt === "number" ? expiresAt : null,
  });
}
