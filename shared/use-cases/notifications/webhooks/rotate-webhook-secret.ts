import { AlreadyCreated } from "../../../domain/errors.ts";
import { isRotatedSince, type Webhook, withSecret } from "../../../domain/notifications/webhook.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { readWebhook } from "./read-webhook.ts";
import type { SecretDeps } from "./webhook-deps.ts";

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
