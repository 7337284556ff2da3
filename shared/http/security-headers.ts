import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { Hono } from "hono/tiny";

const headers = secureHeaders({
  xContentTypeOptions: true,
  xFrameOptions: "DENY",
  referrerPolicy: "no-referrer",
  // Omits headers that depend on the deployment (HSTS), that only legacy browsers read, or that would block
  // other origins from loading assets.
  strictTransportSecurity: false,
  crossOriginResourcePolicy: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
  removePoweredBy: false,
  overwrite: false,
});

/** Adds security headers to every response, unless the response sets the same header itself. */
export const securityHeaders: MiddlewareHandler = async (context, next) => {
  await headers(context, next);
  if (!context.res.headers.has("cache-control")) context.res.headers.set("cache-control", "no-store");
};

/** Adds the same headers to a response that no app makes. */
export async function withSecurityHeaders(response: Response): Promise<Response> {
  return new Hono()
    .use(securityHeaders)
    .all("*", () => response)
    .request("/");
}
