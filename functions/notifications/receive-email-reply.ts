import { receiveEmailReplyContract } from "../../shared/contracts/notifications/receive-email-reply.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { emailReplyDeps } from "../../shared/runtime/inbound/email-replies.ts";
import { replyByEmail } from "../../shared/use-cases/notifications/replies/reply-by-email.ts";

export const handler = openEndpoint(receiveEmailReplyContract, async ({ body, now }) => {
  await replyByEmail(await emailReplyDeps(), body, now);
  return new Response(null);
});
