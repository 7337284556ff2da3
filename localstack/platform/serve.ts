import { startGateway } from "../gateway/start-gateway.ts";
import type { Service } from "../service/service.ts";
import { announcement } from "./announce.ts";
import type { Foundation } from "./foundation.ts";
import { noteStart } from "./note-start.ts";
import { makeFirstKey, prepare, startEmail, startExporter, startWorker } from "./platform.ts";

/** Starts gateway, worker and exporter. They stop on a signal. */
export async function serve(foundation: Foundation, service: Service): Promise<void> {
  const lookup = await prepare(service, foundation);
  // The first answer does not wait for the others, which would share its processor.
  const gateway = await startGateway(service);
  const children = await Promise.all([
    startWorker(service, lookup, foundation),
    ...(foundation.settings.exporter ? [startExporter(foundation)] : []),
  ]);
  const stopEmail = await startEmail(foundation);
  await noteStart(process.env.TABLE_NAME ?? "");
  const firstKey = await makeFirstKey();
  let stopping: Promise<void> | undefined;
  foundation.serve(announcement(foundation, firstKey), () => {
    stopping ??= stopInOrder();
    return stopping;
  });

  /** Stops consumers and gateway first, because they need the emulators to finish. */
  async function stopInOrder(): Promise<void> {
    await Promise.all([stopEmail(), ...children.map((child) => child.stop()), gateway.end(true)]);
    await foundation.emulators.stop();
    process.exit(0);
  }
}
