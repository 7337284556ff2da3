import * as z from "zod";
import { pageQuery, text } from "../../../shared/contracts/fields.ts";
import { auditedResources } from "../../../shared/domain/access/audit.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { page } from "../../../shared/http/site.ts";
import { AuditView } from "../../../shared/pages/audit-view.tsx";
import { audit } from "../../../shared/runtime/stores.ts";

const query = z
  .object({
    ...pageQuery,
    kind: z.enum(auditedResources).optional(),
    id: text(1, limits.auditedPathLength).optional(),
    actor: text(1, limits.personNameLength).optional(),
  })
  .refine(({ kind, id }) => id === undefined || kind !== undefined, {
    path: ["kind"],
    message: "must say what it is that is called so",
  });

export const auditPage = page(
  "audit",
  { scope: "admin", query },
  async ({ query: { kind, id, actor }, page, cursor, ...viewing }) => {
    const resource = kind && { kind, id: id ?? null };
    const { items, next } = await audit().list({ resource, actor }, page);
    return {
      title: "Audit log",
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
);
