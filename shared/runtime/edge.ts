import type { EdgeDeps } from "../http/endpoint.ts";
import { edgeConfig } from "./config.ts";
import { metrics } from "./metrics.ts";
import { once } from "./once.ts";
import { clock, log, ulid } from "./world.ts";

/** The edge of a function that creates nothing. */
export const edge = /* @__PURE__ */ once((): EdgeDeps => {
  const config = edgeConfig();
  const publicHost = config.PUBLIC_URL === "" ? [] : [new URL(config.PUBLIC_URL).hostname];
  return {
    access: {
      keysRequired: config.STAGE !== "local" || config.AUTH === "required",
      apiKeys: config.API_KEYS,
      hosts: [...publicHost, ...config.ALLOWED_HOSTS.map((host) => host.toLowerCase())],
      corsOrigins: config.CORS_ORIGINS,
    },
    clock,
    ulid,
    log: log(),
    metrics: metrics(),
  };
});
