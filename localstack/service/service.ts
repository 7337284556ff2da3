/** The resolved serverless.yml. */

import { readCache, writeCache } from "../platform/cache.ts";
import { askHelper } from "../processes/helper.ts";
import type { WithEvents } from "../queues/event-sources.ts";
import type { FunctionDefinition } from "../queues/invoke.ts";

/** The parts that the platform and serverless-offline use. */
export interface Service {
  readonly service: string;
  readonly custom: { readonly "serverless-offline": { location?: string } };
  readonly resources: unknown;
  readonly provider: {
    readonly region: string;
    readonly timeout?: number;
    environment?: Record<string, unknown>;
  };
  readonly functions: Record<
    string,
    FunctionDefinition & WithEvents & { environment?: Record<string, unknown> }
  >;
}

/**
 * Returns what the last start in the data folder resolved from the same sources. Otherwise, it reads serverless.yml
 * with the serverless CLI, in a process of its own: the CLI has hundreds of modules.
 *
 * @param sources digest of code and settings
 */
export async function resolveService(dataDir: string, sources: string): Promise<Service> {
  const kept = readCache<Service>(dataDir, "service", sources);
  if (kept) return kept;
  const service = await askHelper<Service>("The serverless CLI", new URL("./cli-helper.ts", import.meta.url));
  writeCache(dataDir, "service", sources, service);
  return service;
}

/** @param service of the serverless CLI */
export function partsOf({ service, custom, resources, provider, functions }: Service): Service {
  return { service, custom, resources, provider, functions };
}
