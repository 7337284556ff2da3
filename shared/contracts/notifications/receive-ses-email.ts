import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { defineContract } from "../contract.ts";

export const receiveSesEmailContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/email/ses",
  summary: "Receive an email from Amazon SES",
  description:
    "Amazon SNS posts emails of the topic `INBOUND_EMAIL_TOPIC_ARN`. Its signature authenticates the request.",
  right: null,
  body: z.unknown(),
  bodyDocs: z.object({
    Type: z
      .enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"])
      .meta({ description: "A SubscriptionConfirmation is confirmed." }),
    Message: z
      .string()
      .max(limits.snsMessageLength)
      .meta({ description: "JSON of a receipt rule's SNS action, with the content of the email." }),
  }),
  ingestion: true,
  status: 200,
  response: null,
  errors: { 403: "The message is not signed by SNS, or belongs to another topic" },
});
