import type { EdgeDeps } from "../http/endpoint.ts";
import { rateLimit } from "../http/rate-limit.ts";
import { keyring } from "../use-cases/access/keyring.ts";
import { edgeConfig } from "./config.ts";
import { edge } from "./edge.ts";
import { once } from "./once.ts";
import { apiKeys } from "./stores.ts";
import { clock, log } from "./world.ts";

/** The edge of a function that asks for keys: it also knows those in the table. */
export const keyedEdge = /* @__PURE__ */ once((): EdgeDeps => {
  const { access, ...rest } = edge();
  const find = keyring({ apiKeys: apiKeys(), clock, log: log() });
  return {
    ...rest,
    access: {
      ...access,
      async findKey(sha256) {
        const key = await find(sha256);
        return key && { name: key.name, scopes: key.scopes, sha256 };
      },
      spend: rateLimit(edgeConfig().RATE_LIMIT_PER_MINUTE),
    },
  };
});
