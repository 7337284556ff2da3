import * as z from "zod";
import { id, teamName } from "../../../contracts/fields.ts";
import { webhookInput } from "../../../contracts/notifications/webhooks/webhook.ts";
import { webhookEvents } from "../../../domain/notifications/webhook.ts";

/** Path of a webhook's page. */
export const webhookPageParams = z.object({ team: teamName, id });

const { url, description } = webhookInput.shape;

/** Submitted fields of a webhook. */
export const webhookForm = {
  url,
  description: description.unwrap(),
  events: z.array(z.enum(webhookEvents)).min(1, "select at least one").max(webhookEvents.length),
};
