import * as z from "zod";
import { describeReason, type PageReason } from "../../domain/oncall/page-reason.ts";
import { onCallRoles } from "../../domain/oncall/schedule.ts";

const reasonSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["layer", "override"]), role: z.enum(onCallRoles), name: z.string() }),
  z.object({ kind: z.literal("policy") }),
  z.object({ kind: z.literal("responder") }),
  z.object({ kind: z.literal("fallback"), cause: z.string() }),
]) satisfies z.ZodType<PageReason>;

const recipient = z.object({ name: z.string().nullable(), email: z.string() });

/** A recipient of a page. The reason is stored and sent in words, as `why`, which every release reads. */
export const recipientSchema = z.codec(
  recipient.extend({ why: z.string() }),
  recipient.extend({ reason: reasonSchema }),
  {
    decode: ({ why, ...person }) => ({ ...person, reason: reasonOf(why) }),
    encode: ({ reason, ...person }) => ({ ...person, why: describeReason(reason) }),
  },
);

/** Returns the reason with a description. Any other description is the cause of a fallback. */
function reasonOf(why: string): PageReason {
  for (const kind of ["policy", "responder"] as const) if (why === describeReason({ kind })) return { kind };
  const { role, kind, name } =
    /^(?<role>\w+) by (?<kind>layer|override) (?<name>.*)$/s.exec(why)?.groups ?? {};
  const onCall = reasonSchema.safeParse({ role, kind, name });
  return onCall.success ? onCall.data : { kind: "fallback", cause: why };
}
