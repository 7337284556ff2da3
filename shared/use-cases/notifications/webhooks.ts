import { AlreadyCreated, Conflict } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import { isRotatedSince, type Webhook, withSecret } from "../../domain/notifications/webhook.ts";
import type { WebhookStore } from "../ports/notifications.ts";
import type { MakeSecret, Ulid } from "../ports/system.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

interface WebhookDeps {
  readonly webhooks: WebhookStore;
}

interface SecretDeps extends WebhookDeps {
  /** Creates a secret in the format of `Webhook.secret`. */
  readonly makeSigningSecret: MakeSecret;
}

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

/** @throws NotFound */
export async function readWebhook({ webhooks }: WebhookDeps, team: string, id: string): Promise<Webhook> {
  return required(await webhooks.find(team, id), "webhook", id);
}

/** Changed fields; undefined ones stay unchanged. */
type WebhookChanges = {
  readonly [Field in "url" | "description" | "events" | "enabled"]?: Webhook[Field] | undefined;
};

/** @throws NotFound */
export function updateWebhook(
  deps: WebhookDeps,
  { team, id }: Pick<Webhook, "team" | "id">,
  changes: WebhookChanges,
  now: number,
): Promise<Webhook> {
  return retryOnConflict(async () => {
    const known = await readWebhook(deps, team, id);
    const { url = known.url, events = known.events, description = known.description } = changes;
    const { enabled = known.enabled } = changes;
    // Setting it on or off explicitly clears an automatic reason.
    const disabledReason = changes.enabled === undefined ? known.disabledReason : null;
    const changed = { ...known, url, events, description, enabled, disabledReason, updatedAt: now };
    return deps.webhooks.replace(changed);
  });
}

/**
 * @throws NotFound
 * @throws AlreadyCreated if it was rotated since `now`; that rotation's secret stays
 */
export function rotateWebhookSecret(
  deps: SecretDeps,
  { team, id }: Pick<Webhook, "team" | "id">,
  now: number,
): Promise<Webhook> {
  return retryOnConflict(async () => {
    const known = await readWebhook(deps, team, id);
    if (isRotatedSince(known, now)) throw new AlreadyCreated(id);
    return deps.webhooks.replace(withSecret(known, deps.makeSigningSecret(), now));
  });
}

/**
 * Deletes a webhook. Its pending messages are suppressed when they are due. @returns the deleted webhook
 * @throws NotFound
 */
export function deleteWebhook(deps: WebhookDeps, team: string, id: string): Promise<Webhook> {
  return retryOnConflict(async () => {
    const webhook = await readWebhook(deps, team, id);
    await deps.webhooks.remove(webhook);
    return webhook;
  });
}
