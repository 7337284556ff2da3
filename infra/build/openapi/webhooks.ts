import { webhookMessageResource } from "../../../shared/contracts/notifications/webhooks/webhook-message.ts";
import type { schemaCollector } from "./schemas.ts";

const header = (name: string, description: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
});

/** Messages to team webhooks, as OpenAPI 3.1 webhooks. */
export function describeWebhooks({ describe }: Pick<ReturnType<typeof schemaCollector>, "describe">) {
  return {
    teamWebhook: {
      post: {
        operationId: "teamWebhook",
        tags: ["notifications"],
        summary: "Receive a webhook message",
        security: [],
        parameters: [
          header("webhook-id", "The same for retries and replays of a message."),
          header("webhook-timestamp", "Time of the attempt, in seconds since 1970."),
          header(
            "webhook-signature",
            "v1,<base64> of HMAC-SHA256. For a day after a rotation, two signatures separated by a space.",
          ),
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: describe(webhookMessageResource, "output") } },
        },
        responses: {
          "2XX": { description: "The message is accepted." },
          410: { description: "The receiver no longer wants messages. The webhook is disabled." },
          default: { description: "Failed. Retried for 408, 425, 429 and 5xx." },
        },
      },
    },
  };
}
