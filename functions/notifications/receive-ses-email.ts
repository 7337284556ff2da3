import { receiveSesEmailContract } from "../../shared/contracts/notifications/receive-ses-email.ts";
import { receiveSesEmail } from "../../shared/email/receive-ses-email.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { sesDeps } from "../../shared/runtime/inbound/ses-email.ts";

export const handler = openEndpoint(receiveSesEmailContract, async ({ body, now }) => {
  await receiveSesEmail(sesDeps(), body, now);
  return new Response(null);
});
