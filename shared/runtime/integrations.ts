import { lazy } from "../caching/lazy.ts";
import { ttlCache } from "../caching/ttl-cache.ts";
import { silenceDraftOf, silenceInput } from "../contracts/alerts/silence-input.ts";
import { sha256 } from "../crypto/sha256.ts";
import type { Integration } from "../domain/integrations/integration.ts";
import { limits } from "../domain/limits.ts";
import { seededUlids } from "../http/idempotency.ts";
import type { IntegrationGatewayDeps } from "../http/integration-gateway.ts";
import { parse } from "../http/request/query.ts";
import { runLater, withActor } from "../telemetry/context.ts";
import { manageClientSilences } from "../use-cases/alerts/manage-client-silences.ts";
import { createIntegrationContext } from "../use-cases/integrations/create-integration-context.ts";
import { activityRecorder } from "../use-cases/integrations/record-activity.ts";
import { edge } from "./endpoint.ts";
import { acceptDeps, ruleDeps } from "./later/deps.ts";
import { downtime, heartbeats, integrationActivity, memory } from "./later/stores.ts";
import { outboundHttp } from "./outbound.ts";
import { alerts, changes, incidentEvents, incidents, integrations } from "./stores.ts";
import { clock, log, ulid } from "./system.ts";

/** Maximum response size of certificates and subscription confirmations. */
const responseBytes = 64 * 1024;

const http = lazy(() => outboundHttp({ timeoutMs: 5_000, responseBytes }));

const silenceDraft = (input: unknown, now: number) => silenceDraftOf(parse(silenceInput, input), null, now);

export const integrationGatewayDeps = lazy((): IntegrationGatewayDeps => {
  const find = ttlCache(limits.integrationCacheSeconds * 1_000, clock, (digest) =>
    integrations().findByDigest(digest),
  );
  const keeper = activityRecorder({
    activity: integrationActivity(),
    clock,
    ulid,
    log: log(),
    later: runLater,
  });
  const contextDeps = {
    ...acceptDeps(),
    incidents: incidents(),
    incidentEvents: incidentEvents(),
    ulid,
    keeper,
    alerts: alerts(),
    changes: changes(),
    memory: memory(),
    heartbeats: heartbeats(),
    downtime: downtime(),
    seededUlids,
    fetch: (url: string) => http().get(url),
    silencesOf: (integration: Integration, now: number) =>
      manageClientSilences(
        { ...ruleDeps(), ulid, sha256, withActor: withActor, draftOf: silenceDraft },
        integration,
        now,
      ),
    sha256,
  };
  return {
    edge: edge(),
    findIntegration: (key) => find(sha256(key)),
    createIntegrationContext: (wanted) => createIntegrationContext(contextDeps, wanted),
    keepError: keeper.keepError,
  };
});
