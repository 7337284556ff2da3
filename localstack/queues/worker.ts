/**
 * Consumes the queues in a separate process, like Lambda, so that processing a storm of alerts does not delay
 * the next alert.
 *
 * `node worker.ts <Work as JSON>`; ends with its parent.
 */
import { availableParallelism, constants, setPriority } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Resources } from "../../infra/stack/cloudformation.ts";
import { leanClient } from "../../shared/aws/lean-client.ts";
import { SignatureV4 } from "../client/placeholder-signer.ts";
import { releaseTaken } from "../emulators/abandoned-receives.ts";
import { splitOutput } from "../output/output.ts";
import { keepProvisioned, lookingClients } from "../provision/keep-provisioned.ts";
import type { EventSource } from "./event-sources.ts";
import { type FunctionDefinition, inProcess } from "./invoke.ts";
import { startPoller } from "./poller.ts";

export interface Work {
  /** Required resources. */
  readonly resources: Resources;
  /** True if others may create them too. */
  readonly shared: boolean;
  readonly sources: readonly (EventSource & { readonly definition: FunctionDefinition })[];
  readonly region: string;
  /** Root of the handlers' paths. */
  readonly bundles: string;
  readonly logFile: string;
}

/** Maximum concurrent batches per queue. More would only slow each other down. */
const MOST_BATCHES = 2 * availableParallelism();
/** A long poll takes 20 seconds. */
const ANSWER_MS = 30_000;
/** Time for running batches to finish on shutdown. */
const DRAIN_MS = 2_500;
/** Delay of the first removal of expired items, and the interval of later ones. */
const FIRST_SWEEP_MS = 60_000;
const SWEEP_MS = 3_600_000;

// Accepting alerts takes precedence over processing them.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const { resources, shared, sources, region, bundles, logFile } = JSON.parse(process.argv[2] ?? "") as Work;
splitOutput(logFile).open();
process.setUncaughtExceptionCaptureCallback((error) => console.error("Uncaught error of a function:", error));

const sqs = leanClient(
  new SQSClient({
    useQueueUrlAsEndpoint: false,
    signer: new SignatureV4({ region, service: "sqs" }),
    requestHandler: { connectionTimeout: 1_000, requestTimeout: ANSWER_MS, throwOnRequestTimeout: true },
  }),
);
await releaseTaken(
  process.env.AWS_ENDPOINT_URL_SQS ?? "",
  sources.map(({ queueUrl }) => queueUrl),
).catch((error) =>
  console.error(`Messages of the previous worker are received again later: ${error.message}`),
);
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

/** Loaded on demand, because most runs end before. */
async function forgetExpired(): Promise<void> {
  try {
    const [{ removeExpired }, { createDocumentClient }] = await Promise.all([
      import("../emulators/expiry.ts"),
      import("../../shared/storage/dynamo-table.ts"),
    ]);
    await removeExpired(createDocumentClient(), process.env.TABLE_NAME ?? "", Date.now);
  } catch (error) {
    console.error(`Expired items are kept until the next sweep: ${error}`);
  }
  setTimeout(forgetExpired, SWEEP_MS).unref();
}
