import * as z from "zod";
import { pageQuery, text } from "../../../contracts/fields.ts";
import { auditEvents, auditedResources } from "../../../domain/access/audit.ts";
import { limits } from "../../../domain/limits.ts";
import type { AuditFilter, AuditStore } from "../../../use-cases/ports/audit.ts";
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
    event: z.enum(auditEvents).optional(),
    ip: text(1, limits.ipAddressLength).optional(),
  })
  .refine(({ kind, id }) => id === undefined || kind !== undefined, {
    path: ["kind"],
    message: "is required to filter by name or ID",
  });

interface UseCases {
  readonly listChanges: AuditStore["list"];
}

export const auditPage = page(
  { right: "administer", query },
  async ({ query: filter, page, cursor, ...viewing }, { listChanges }: UseCases) => {
    const { kind, id, actor, event, ip } = filter;
    const { items, next } = await listChanges(storedFilter(filter), page);
    return {
      title: "Audit log",
      isEmpty: items.length === 0,
      content: (
        <AuditView
          {...viewing}
          filter={{ event, kind, id, actor, ip }}
          entries={items}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    "audit-log": async ({ query, page }, { listChanges }) => {
      const filter = storedFilter(query);
      return downloadOf(auditColumns, await firstRows((page) => listChanges(filter, page), page));
    },
  },
);

function storedFilter({ kind, id, actor, event, ip }: z.output<typeof query>): AuditFilter {
  return { resource: kind && { kind, id: id ?? null }, actor, event, ipAddress: ip };
}
