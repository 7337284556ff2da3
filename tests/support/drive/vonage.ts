import { createHash, createHmac } from "node:crypto";
import { signCall } from "../../../shared/http/tokens/call-token.ts";
import { siteSecret } from "../functions/site.ts";
import type { Driver } from "./driver.ts";
import { email, scheduleOf, unassignedIncident } from "./names.ts";

export const vonageSecret = "what Vonage signs with";

interface Signing {
  readonly secret?: string;
  /** Epoch milliseconds. */
  readonly at?: number;
  readonly claims?: object;
  readonly algorithm?: string;
}

/** Returns the headers of a body that Vonage sends, with a JWT as RFC 7515 describes it. */
export function signedByVonage(
  body: string,
  { secret = vonageSecret, at = Date.now(), claims = {}, algorithm = "HS256" }: Signing = {},
) {
  const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const payload = {
    ...{ iat: Math.floor(at / 1_000), jti: "c5ba8f24-1a14-4c10-bfdf-3fbe8ce511b5", iss: "Vonage" },
    ...{ payload_hash: createHash("sha256").update(body).digest("hex"), api_key: "a1b2c3d" },
    ...claims,
  };
  const signed = `${encoded({ typ: "JWT", alg: algorithm })}.${encoded(payload)}`;
  const signature = createHmac("sha256", secret).update(signed).digest("base64url");
  return { "content-type": "application/json", authorization: `Bearer ${signed}.${signature}` };
}

/** Answers a call through Vonage and presses keys. A machine answers another, so that the next method follows. */
export async function driveVonageCall({ send, ask, pump }: Driver): Promise<void> {
  const [name, number] = ["called@example.com", "+4915187654321"];
  const contact_methods = [{ id: "phone", channel: "sms", address: number }];
  await send("put-user", { params: { email: name }, body: { name: "Called", contact_methods } });
  await send("create-schedule", { body: scheduleOf("called", name) });
  const incident = { title: "slow", service: "called", team: "called", severity: "low" };
  const { id: opened = "" } = await ask("create-incident", { body: incident });
  await pump();
  const list = await send("list-notifications", { query: `incident_id=${opened}` });
  const [page] = list.json<{ notifications: { id: string }[] }>().notifications;
  const post = (notification: string, event: object) => {
    const body = JSON.stringify(event);
    const params = { token: signCall(notification, siteSecret, Date.now()) };
    return send("receive-vonage-call", { params, body, headers: signedByVonage(body) });
  };
  await post(page?.id ?? "", { call_uuid: "1", status: "machine" });
  const { id: incident_id } = await ask("create-incident", { body: unassignedIncident });
  const message = { incident_id, recipient: email, message: "down" };
  const { id: heard = "" } = await ask("create-notification", { body: message });
  await post(heard, { uuid: "2" });
  for (const digits of ["9", "6"]) await post(heard, { uuid: "2", dtmf: { digits, timed_out: false } });
  await post(heard, { uuid: "2", status: "completed" });
  await pump();
}
