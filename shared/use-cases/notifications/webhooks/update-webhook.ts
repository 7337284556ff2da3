import type { Webhook } from "../../../domain/notifications/webhook.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { readWebhook } from "./read-webhook.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

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
