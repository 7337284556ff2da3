/**
 * Consumes the queues in a process of its own, as Lambda does apart from the gateway: what a storm of alerts
 * leaves to do must not keep the next alert waiting.
 *
 * `node worker.ts <Work as JSON>`; ends with its parent.
 */
import { enableCompileCache } from "node:module";
import { availableParallelism, constants, setPriority } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Resources } from "../infra/stack/cloudformation.ts";
import { releaseTaken } from "./abandoned-receives.ts";
import type { EventSource } from "./event-sources.ts";
import { type FunctionDefinition, inProcess } from "./invoke.ts";
import { keepProvisioned, lookingClients } from "./keep-provisioned.ts";
import { splitOutput } from "./output.ts";
import { startPoller } from "./poller.ts";

export interface Work {
  /** Resources that have to be there for it. */
  readonly resources: Resources;
  /** True if somebody else may create them too. */
  readonly shared: boolean;
  readonly sources: readonly (EventSource & { readonly definition: FunctionDefinition })[];
  readonly region: string;
  /** Root of the handlers' paths. */
  readonly bundles: string;
  readonly logFile: string;
}

/** Batches of a queue at hand at a time: more would only slow each other down. */
const MOST_BATCHES = 2 * availableParallelism();
/** A long poll lasts 20 s. */
const ANSWER_MS = 30_000;
/** How long running batches may take to end when the platform stops. */
const DRAIN_MS = 2_500;
/** When what has expired is first removed, and how long after that again. */
const FIRST_SWEEP_MS = 60_000;
const SWEEP_MS = 3_600_000;

enableCompileCache("node_modules/.cache/local-platform");
// Accepting comes before working off.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { resources, shared, sources, region, bundles, logFile } = JSON.parse(process.argv[2] ?? "") as Work;
splitOutput(logFile).open();
process.setUncaughtExceptionCaptureCallback((error) => console.error("Not caught by any function:", error));

const sqs = new SQSClient({
  useQueueUrlAsEndpoint: false,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
});
await releaseTaken(
  process.env.AWS_ENDPOINT_URL_SQS ?? "",
  sources.map(({ queueUrl }) => queueUrl),
).catch((error) => console.error(`What the last worker had taken comes again later: ${error.message}`));
keepProvisioned({
  resources,
  ...lookingClients(),
  region,
  report: (line) => console.error(line),
  looks: shared ? 3 : 1,
});
const pollers = sources.map((source) =>
  startPoller({
    source: { ...source, maximumConcurrency: Math.min(source.maximumConcurrency, MOST_BATCHES) },
    sqs,
    region,
    invoke: inProcess(bundles, source.definition),
    report: (line) => console.error(line),
  }),
);

setTimeout(forgetExpired, FIRST_SWEEP_MS).unref();

process.on("SIGTERM", async () => {
  await Promise.race([Promise.all(pollers.map((poller) => poller.stop())), delay(DRAIN_MS)]);
  process.exit(0);
});
process.send?.("ready");

/** Loaded when it is first needed: most runs end before. */
async function forgetExpired(): Promise<void> {
  try {
    const [{ removeExpired }, { createDocumentClient }] = await Promise.all([
      import("./expiry.ts"),
      import("../shared/storage/dynamo-table.ts"),
    ]);
    await removeExpired(createDocumentClient(), process.env.TABLE_NAME ?? "", Date.now);
  } catch (error) {
    console.error(`What has expired stays until the next sweep: ${error}`);
  }
  setTimeout(forgetExpired, SWEEP_MS).unref();
}
