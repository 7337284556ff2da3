import * as z from "zod";
import { type PatchOperation, patchOps } from "../../../domain/access/scim/patch.ts";
import { limits } from "../../../domain/limits.ts";

/** Body of a PATCH. Entra begins the names of operations with a capital letter. */
export const scimPatchInput = z.object({
  Operations: z
    .array(
      z.object({
        op: z.string().toLowerCase().pipe(z.enum(patchOps)),
        path: z.string().max(limits.scimTextLength).nullable().optional(),
        value: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(limits.scimOperations),
});

export function operationsOf({ Operations }: z.output<typeof scimPatchInput>): PatchOperation[] {
  return Operations.map(({ op, path, value }) => ({ op, path: path ?? undefined, value }));
}
