import { AlreadyCreated, Conflict } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { limits } from "../../../domain/limits.ts";
import type { Webhook } from "../../../domain/notifications/webhook.ts";
import type { Ulid } from "../../ports/system.ts";
import type { SecretDeps } from "./webhook-deps.ts";

/**
 * @throws AlreadyCreated if the ID exists
 * @throws Conflict if the team has the maximum number
 */
export async function createWebhook(
  { webhooks, makeSigningSecret, ulid }: SecretDeps & { readonly ulid: Ulid },
  draft: Pick<Webhook, "team" | "url" | "description" | "events">,
  now: number,
): Promise<Webhook> {
  const { items } = await webhooks.list(draft.team, { limit: limits.webhooksPerTeam, after: null });
  const id = idPrefixes.webhook + ulid(now);
  if (items.some((known) => known.id === id)) throw new AlreadyCreated(id);
  if (items.length === limits.webhooksPerTeam)
    throw new Conflict(`The team has ${limits.webhooksPerTeam} webhooks: delete one first`);
  const webhook = {
    ...draft,
    id,
    enabled: true,
    disabledReason: null,
    secret: makeSigningSecret(),
    previousSecret: null,
    previousSecretUntil: null,
    createdAt: now,
    updatedAt: now,
    version: 0,
  };
  await webhooks.create(webhook);
  return webhook;
}
