/** The integration gateway over the in-memory system: client requests and their effects. */

import { setImmediate } from "node:timers/promises";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { Unavailable } from "../../../shared/domain/errors.ts";
import type { Integration } from "../../../shared/domain/integrations/integration.ts";
import { integrationGateway } from "../../../shared/http/integration-gateway.ts";
import { type IntegrationTypeName, integrationTypes } from "../../../shared/integrations/registry.ts";
import { changeStore } from "../../../shared/storage/incidents/change-store.ts";
import { integrationActivityStore } from "../../../shared/storage/integrations/integration-activity-store.ts";
import { integrationMemory } from "../../../shared/storage/integrations/integration-memory.ts";
import { integrationStore } from "../../../shared/storage/integrations/integration-store.ts";
import { createIntegration } from "../../../shared/use-cases/integrations/create-integration.ts";
import { createIntegrationContext } from "../../../shared/use-cases/integrations/create-integration-context.ts";
import { activityRecorder } from "../../../shared/use-cases/integrations/record-activity.ts";
import type {
  IntegrationContext,
  IntegrationSilences,
} from "../../../shared/use-cases/ports/integration-context.ts";
import { call, type HttpReply, type HttpRequest } from "../functions/lambda.ts";
import { fetchOfSns } from "../sns.ts";
import { memoryTable } from "./memory-table.ts";
import { testSystem } from "./system.ts";

export type IntegrationSystem = ReturnType<typeof integrationSystem>;

interface IntegrationSystemOptions {
  /** Response when a type fetches a URL. Default: the certificate of `signedBySns`. */
  readonly fetch?: IntegrationContext["fetch"];
  readonly silences?: IntegrationSilences;
}

export function integrationSystem({ fetch, silences }: IntegrationSystemOptions = {}) {
  const table = memoryTable(() => system.now());
  const system = testSystem({ table });
  const integrations = integrationStore(table);
  const changes = changeStore(table);
  const activity = integrationActivityStore(table);
  let failing = false;
  const later: { readonly at: number; readonly run: () => void }[] = [];
  const keeper = activityRecorder({
    activity: {
      ...activity,
      add: (sum) => (failing ? Promise.reject(new Unavailable("The table")) : activity.add(sum)),
    },
    clock: system.now,
    ulid: system.deps.ulid,
    log: system.deps.log,
    later: (delayMs, run) => void later.push({ at: system.now() + delayMs, run }),
  });
  const errors: {
    readonly integrationId: string;
    readonly status: number | null;
    readonly message: string;
  }[] = [];
  let keys = 0;
  const contextDeps = {
    ...system.deps,
    keeper,
    changes,
    memory: integrationMemory(table),
    fetch: fetch ?? fetchOfSns,
    sha256,
    ...(silences && { silencesOf: () => silences }),
  };
  const edge = {
    access: { keysRequired: false, apiKeys: [], hosts: [], corsOrigins: [] },
    clock: system.now,
    ulid: system.deps.ulid,
    log: system.deps.log,
    metrics: system.deps.metrics,
  };
  const handler = integrationGateway(integrationTypes, () => ({
    edge,
    findIntegration: (key) => integrations.findByDigest(sha256(key)),
    createIntegrationContext: (wanted) => createIntegrationContext(contextDeps, wanted),
    async keepError(error) {
      errors.push(error);
      await keeper.keepError(error);
    },
  }));
  const makeKey = () => (keys++).toString(16).padStart(32, "0");
  return {
    ...system,
    changes,
    activity,
    /** Reasons of rejected events, oldest first. */
    errors,
    /** Makes writes of activity fail. */
    activityFails(now: boolean) {
      failing = now;
    },
    /** Lets pending activity be written. */
    async gather() {
      for (const { at, run } of later.splice(0)) {
        if (at <= system.now()) run();
        else later.push({ at, run });
      }
      await setImmediate();
    },
    /** Creates an integration of the service `checkout`. */
    integrate: (type: IntegrationTypeName, settings: Readonly<Record<string, unknown>> = {}) =>
      createIntegration(
        { ...system.deps, integrations, makeKey },
        { name: type, type, service: "checkout", settings, team: null },
        system.now(),
      ),
    /** Operations that a type has for an integration. */
    context: (integration: Integration) =>
      createIntegrationContext(contextDeps, {
        integration,
        title: "Test",
        now: system.now(),
        warn: () => undefined,
      }),
    ask: (request: HttpRequest): Promise<HttpReply> => call(handler, request),
    /** Returns all recorded alerts, oldest first. */
    async alerts() {
      await system.pump();
      return (await system.seen.alerts.list({}, { limit: 200, after: null })).items.toReversed();
    },
    async incidents() {
      await system.pump();
      return (await system.seen.incidents.list({}, { limit: 200, after: null })).items.toReversed();
    },
  };
}
