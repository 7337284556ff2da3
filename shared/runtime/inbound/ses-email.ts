import { lazy } from "../../caching/lazy.ts";
import { createHttp } from "../../outbound/http.ts";
import { inboundEmailConfig, linkConfig } from "../config.ts";
import { log } from "../system.ts";

/**
 * Timeout of the certificate, and then of all posts, which run at the same time. SNS waits 15 seconds; the function runs
 * for 10.
 */
const timeoutMs = 4_000;

export const sesDeps = lazy(() => {
  const { STAGE, PUBLIC_URL } = linkConfig();
  const { INBOUND_EMAIL_DOMAIN: domain, INBOUND_EMAIL_TOPIC_ARN: topic } = inboundEmailConfig();
  const options = { allowPrivate: STAGE === "local", allowedNetworks: [], timeoutMs };
  // Certificates are larger than the answers of the platform.
  const http = createHttp({ ...options, responseBytes: 64 * 1024 });
  const headers = { "content-type": "application/json" };
  return {
    topic,
    domain,
    log: log(),
    fetch: (url: string) => http.get(url),
    post: (path: string, email: object) =>
      http.post({ url: PUBLIC_URL + path, headers, body: JSON.stringify(email) }),
  };
});
