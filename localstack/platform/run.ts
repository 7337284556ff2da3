/** Runs the platform: emulators, gateway, worker and exporter. */
import { exitOnProblem } from "../../infra/problem.ts";
import { startGateway } from "../gateway/start-gateway.ts";
import { resolveService, type Service } from "../service/service.ts";
import { announcement } from "./announce.ts";
import { noteStart } from "./note-start.ts";
import {
  type Foundation,
  makeFirstKey,
  prepare,
  prepareFoundation,
  startExporter,
  startWorker,
} from "./platform.ts";

/** Resolves once the platform serves. It then ends with a signal. */
export async function runPlatform(): Promise<void> {
  // Emulators, bundler and CLI start in parallel.
  const [foundation, service] = await Promise.all([prepareFoundation(), resolveService()]).catch(
    exitOnProblem,
  );
  await serve(foundation, service).catch(foundation.fail);
}

async function serve(foundation: Foundation, service: Service): Promise<void> {
  const lookup = await prepare(service, foundation);
  const [gateway, ...children] = await Promise.all([
    startGateway(service),
    startWorker(service, lookup, foundation),
    ...(foundation.settings.exporter ? [startExporter(foundation)] : []),
  ]);
  await noteStart(process.env.TABLE_NAME ?? "");
  const firstKey = await makeFirstKey();
  let stopping: Promise<void> | undefined;
  foundation.serve(announcement(foundation, firstKey), () => {
    stopping ??= stopInOrder();
    return stopping;
  });

  /** Stops consumers and gateway first, because they need the emulators to finish. */
  async function stopInOrder(): Promise<void> {
    await Promise.all([...children.map((child) => child.stop()), gateway.end(true)]);
    await foundation.emulators.stop();
    process.exit(0);
  }
}
