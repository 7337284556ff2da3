/** Runs the platform: emulators, gateway, worker and exporter. */
import { exitOnProblem } from "../../infra/problem.ts";
import type { Service } from "../service/service.ts";
import { prepareFoundation } from "./foundation.ts";
import type { Sources } from "./sources.ts";

/** Resolves once the platform serves. It then ends with a signal. */
export async function runPlatform(sources: Sources, resolving: Promise<Service>): Promise<void> {
  // This process loads the gateway while emulators, bundler and CLI run.
  const [foundation, service, { serve }] = await Promise.all([
    prepareFoundation(sources),
    resolving,
    import("./serve.ts"),
  ]).catch(exitOnProblem);
  await serve(foundation, service).catch(foundation.fail);
}
