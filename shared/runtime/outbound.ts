import { createHttp, type HttpOptions } from "../outbound/http.ts";
import { outboundConfig } from "./config.ts";

/** Returns a client that keeps the rules of outbound calls on this stage. */
export function outboundHttp(options: Pick<HttpOptions, "timeoutMs" | "responseBytes">) {
  const { STAGE, OUTBOUND_ALLOW } = outboundConfig();
  return createHttp({ allowPrivate: STAGE === "local", allowedNetworks: OUTBOUND_ALLOW, ...options });
}
