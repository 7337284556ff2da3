import { receivedEmail } from "../../validation/received-email.ts";
import { defineContract } from "../contract.ts";

export const receiveEmailReplyContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/email/replies",
  summary: "Receive an answer to a notification email",
  description:
    "The signed message ID of the notification authenticates the request. All other emails are accepted and dropped.",
  right: null,
  body: receivedEmail,
  ingestion: true,
  status: 200,
  response: null,
});
