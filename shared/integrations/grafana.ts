/** Grafana's webhook: Alertmanager's format with links, or the legacy format. Signed if a secret is set. */

import * as z from "zod";
import { hmac, matchesAny } from "../crypto/hmac.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import { takeGroup } from "./alertmanager.ts";
import { refusePlainly } from "./common/refuse-plainly.ts";
import { eventsOfLegacy, legacyNotice } from "./grafana/legacy.ts";
import type { Inbound, IntegrationType, Route } from "./integration-type.ts";

const settings = z.strictObject({
  /** Grafana's "HMAC signature" secret. Requests without a valid signature are rejected. */
  secret: z.string().min(1).max(256).optional(),
  /** Grafana's "timestamp header", which is then signed too. */
  timestamp_header: z
    .string()
    .regex(/^[\w-]{1,64}$/, "must be the name of a header")
    .optional(),
});

/** Maximum difference between the signed and the current time. */
const toleranceMs = 300_000;

const handle: Route["handle"] = async (inbound, context) => {
  const fault = signatureFault(inbound, context);
  if (fault !== null) {
    context.warn(fault);
    return { status: 401, body: { message: fault } };
  }
  return receiveUnsigned(inbound, context);
};

const receiveUnsigned: Route["handle"] = async ({ json }, context) => {
  const content = json();
  const legacy = legacyNotice.safeParse(content).data;
  if (legacy) await context.take(eventsOfLegacy(legacy));
  else await takeGroup(content, context);
  return { status: 200, body: null };
};

export const grafana = {
  title: "Grafana",
  url: "/integrations/{key}",
  setUp: `Contact point: Webhook
URL: {url}`,
  settings,
  routes: [
    { method: "POST", path: "", handle },
    { method: "PUT", path: "", handle },
  ],
  receiveUnsigned,
  refuse: refusePlainly,
} satisfies IntegrationType;

/** Returns why a request is not from the configured Grafana; null if the signature is valid. */
function signatureFault({ headers, body }: Inbound, { integration, now }: IntegrationContext): string | null {
  const { secret, timestamp_header: timestampHeader } = settings.parse(integration.settings);
  if (secret === undefined) return null;
  const timestamp = timestampHeader === undefined ? null : (headers.get(timestampHeader) ?? "");
  if (timestamp !== null && !(Math.abs(Number(timestamp || Number.NaN) * 1_000 - now) <= toleranceMs))
    return "The timestamp is missing or expired";
  const signed = timestamp === null ? body : `${timestamp}:${body}`;
  const presented = headers.get("x-grafana-alerting-signature")?.toLowerCase() ?? "";
  return matchesAny(presented, [hmac(secret, signed).toString("hex")])
    ? null
    : "The signature is missing or does not match this integration's secret";
}
