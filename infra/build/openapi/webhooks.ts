import { webhookMessageResource } from "../../../shared/contracts/notifications/webhooks/webhook-message.ts";
import type { schemaCollector } from "./schemas.ts";

const header = (name: string, description: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
});

/** What a team's webhooks are sent, as OpenAPI 3.1 has it. */
export function describeWebhooks({ describe }: Pick<ReturnType<typeof schemaCollector>, "describe">) {
  return {
    teamWebhook: {
      post: {
        operationId: "teamWebhook",
        tags: ["notifications"],
        summary: "What a team's webhooks are sent, as Standard Webhooks has it",
        security: [],
        parameters: [
          header("webhook-id", "The same for each repetition and replay."),
          header("webhook-timestamp", "Of the attempt: seconds since 1970."),
          header(
            "webhook-signature",
            "v1,<base64> of HMAC-SHA256; two with a space between for a day after a rotation.",
          ),
        ],
        requestBody: {
          required: true,
          content: { "application/json": { schema: describe(webhookMessageResource, "output") } },
        },
        responses: {
          "2XX": { description: "It has arrived." },
          410: { description: "No more: the webhook is disabled." },
          default: { description: "Not now (408, 425, 429, 5xx: it comes again), or not ever." },
        },
      },
    },
  };
}
