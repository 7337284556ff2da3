import type { AuditedResource } from "../../../domain/access/audit.ts";
import type { AuditStore } from "../../../use-cases/ports/audit.ts";

/** Returns who made the latest change of a resource, and when. Null if unknown. */
export async function latestChange(
  listChanges: AuditStore["list"],
  kind: AuditedResource,
  id: string,
): Promise<{ readonly by: string | null; readonly at: number | null }> {
  const { items } = await listChanges({ resource: { kind, id } }, { limit: 1, after: null });
  return { by: items[0]?.actor ?? null, at: items[0]?.at ?? null };
}
