import * as z from "zod";
import { pageQuery, text } from "../../../contracts/fields.ts";
import { auditedResources } from "../../../domain/access/audit.ts";
import { limits } from "../../../domain/limits.ts";
import type { AuditStore } from "../../../use-cases/ports/access.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import { auditColumns } from "./columns.ts";
import { AuditView } from "./view.tsx";

const query = z
  .object({
    ...pageQuery,
    kind: z.enum(auditedResources).optional(),
    id: text(1, limits.auditedPathLength).optional(),
    actor: text(1, limits.personNameLength).optional(),
  })
  .refine(({ kind, id }) => id === undefined || kind !== undefined, {
    path: ["kind"],
    message: "is required to filter by name or ID",
  });

interface UseCases {
  readonly listChanges: AuditStore["list"];
}

export const auditPage = page(
  { scope: "admin", query },
  async ({ query: { kind, id, actor }, page, cursor, ...viewing }, { listChanges }: UseCases) => {
    const resource = kind && { kind, id: id ?? null };
    const { items, next } = await listChanges({ resource, actor }, page);
    return {
      title: "Audit log",
      isEmpty: items.length === 0,
      content: (
        <AuditView
          {...viewing}
          filter={{ kind, id, actor }}
          entries={items}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    "audit-log": async ({ query: { kind, id, actor }, page }, { listChanges }) => {
      const filter = { resource: kind && { kind, id: id ?? null }, actor };
      return downloadOf(auditColumns, await firstRows((page) => listChanges(filter, page), page));
    },
  },
);
