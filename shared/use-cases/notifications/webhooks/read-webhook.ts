import type { Webhook } from "../../../domain/notifications/webhook.ts";
import { required } from "../../required.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/** @throws NotFound */
export async function readWebhook({ webhooks }: WebhookDeps, team: string, id: string): Promise<Webhook> {
  return required(await webhooks.find(team, id), "webhook", id);
}
