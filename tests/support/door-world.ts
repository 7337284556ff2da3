/** Front doors over the world in memory: what a foreign client posts, and what becomes of it. */
import { door } from "../../shared/http/door.ts";
import type { Desk, Refusal } from "../../shared/integrations/integration-type.ts";
import { type IntegrationTypeName, integrationTypes } from "../../shared/integrations/registry.ts";
import { changeStore } from "../../shared/storage/change-store.ts";
import { integrationMemory } from "../../shared/storage/integration-memory.ts";
import { integrationStore } from "../../shared/storage/integration-store.ts";
import { deskOf } from "../../shared/use-cases/desk.ts";
import { createIntegration } from "../../shared/use-cases/integrations.ts";
import { sha256 } from "./builders.ts";
import { call, type HttpReply, type HttpRequest } from "./lambda.ts";
import { memoryTable } from "./memory-table.ts";
import { testWorld } from "./world.ts";

export type DoorWorld = ReturnType<typeof doorWorld>;

/** @param fetch what the world answers when a type asks a URL */
export function doorWorld({ fetch }: { readonly fetch?: Desk["fetch"] } = {}) {
  const table = memoryTable(() => world.now());
  const world = testWorld({ table });
  const integrations = integrationStore(table);
  const changes = changeStore(table);
  const errors: (Refusal & { readonly integrationId: string })[] = [];
  const complaints: string[] = [];
  let keys = 0;
  const deskDeps = {
    ...world.deps,
    changes,
    memory: integrationMemory(table),
    fetch: fetch ?? (() => Promise.reject(new Error("nobody is to be asked"))),
    sha256,
  };
  const edge = {
    access: { keysRequired: false, apiKeys: [], hosts: [], corsOrigins: [] },
    clock: world.now,
    ulid: world.deps.ulid,
    log: world.deps.log,
    metrics: world.deps.metrics,
  };
  const handler = door(integrationTypes, () => ({
    edge,
    findIntegration: (key) => integrations.findByDigest(sha256(key)),
    deskOf: (integration, title, now) =>
      deskOf(deskDeps, { integration, title, now, complain: (message) => void complaints.push(message) }),
    keepError: async (integration, refusal) =>
      void errors.push({ ...refusal, integrationId: integration.id }),
  }));
  const makeKey = () => (keys++).toString(16).padStart(32, "0");
  return {
    ...world,
    changes,
    /** Why integrations' requests were refused. */
    errors,
    complaints,
    /** Makes an integration of the service `checkout`. */
    integrate: (type: IntegrationTypeName, settings: Readonly<Record<string, unknown>> = {}) =>
      createIntegration(
        { integrations, services: world.deps.services, makeKey, sha256, ulid: world.deps.ulid },
        { name: type, type, service: "checkout", settings, team: null },
        world.now(),
      ),
    ask: (request: HttpRequest): Promise<HttpReply> => call(handler, request),
    /** Everything that was recorded, oldest first. */
    async alerts() {
      await world.pump();
      return (await world.seen.alerts.list({}, { limit: 200, after: null })).items.toReversed();
    },
    async incidents() {
      await world.pump();
      return (await world.seen.incidents.list({}, { limit: 200, after: null })).items.toReversed();
    },
  };
}
