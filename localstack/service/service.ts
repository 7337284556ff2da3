/** The resolved serverless.yml. */

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

/** Reads serverless.yml with the serverless CLI, in a process of its own: the CLI has hundreds of modules. */
export function resolveService(): Promise<Service> {
  return askHelper("The serverless CLI", new URL("./cli-helper.ts", import.meta.url));
}

/** @param service of the serverless CLI */
export function partsOf({ service, custom, resources, provider, functions }: Service): Service {
  return { service, custom, resources, provider, functions };
}
