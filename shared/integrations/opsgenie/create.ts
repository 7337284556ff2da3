import * as z from "zod";
import { withClientLabels } from "../common/labels.ts";
import { read } from "../common/read.ts";
import type { Route } from "../integration-type.ts";
import { followUpOf } from "./actions.ts";
import { deed, detailPrefix, priority, required, tags, text } from "./fields.ts";
import { boundedAlias } from "./names.ts";
import { accepted } from "./replies.ts";

const creation = deed.extend({
  message: required,
  alias: text,
  description: text,
  priority: priority.nullish().catch(undefined),
  entity: text,
  // A text stays unchanged.
  tags: z
    .union([z.string(), tags.transform((list) => list.join(", "))])
    .nullish()
    .catch(undefined),
  details: z
    .union([
      z.record(z.string(), z.unknown()),
      z
        .union([z.string(), z.number(), z.boolean(), z.array(z.unknown())])
        .transform((details) => ({ details })),
    ])
    .nullish()
    .catch(undefined),
});

export const create: Route["handle"] = async ({ json }, context) => {
  const { message, alias, priority, details, user, note, ...body } = read(creation, json());
  const ownAlias = alias ? boundedAlias(alias, context) : context.ulid();
  await context.take([
    {
      action: "trigger",
      message,
      severity: priority ?? "medium",
      dedupKey: ownAlias,
      source: body.source || user || undefined,
      labels: withClientLabels(
        {
          description: body.description || undefined,
          entity: body.entity || undefined,
          tags: body.tags || undefined,
        },
        details ?? {},
        detailPrefix,
      ),
    },
  ]);
  if (note) await context.followUp(ownAlias, followUpOf(user || body.source || null, note));
  return accepted(context, { alias: ownAlias, success: true, status: "Created alert", action: "Create" });
};
