import { createHmac } from "node:crypto";

/** Signs a request as Slack does. @returns its headers */
export function slackSignature(secret: string, body: string, at = Date.now()) {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${signature}` };
}
