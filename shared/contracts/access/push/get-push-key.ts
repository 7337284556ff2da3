import * as z from "zod";
import { defineContract } from "../../contract.ts";

export const getPushKeyContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/push-key",
  summary: "Get the key for push subscriptions",
  description: "Browsers pass it to `PushManager.subscribe` as `applicationServerKey` (RFC 8292).",
  right: "read",
  status: 200,
  response: z.object({
    public_key: z.string().meta({ description: "Public key on P-256, 65 bytes in base64url." }),
  }),
  errors: { 404: "Push is not configured" },
});
