import { lazy } from "../caching/lazy.ts";
import { probeQueue } from "../queue/probe.ts";
import { keys } from "../storage/keys.ts";
import type { HealthDeps } from "../use-cases/check-health.ts";
import { queueUrl } from "./config.ts";
import { log, sqs } from "./system.ts";
import { table } from "./table.ts";

/** Shorter than the timeouts of load balancers and uptime monitors. */
const timeoutMs = 1_500;

export const healthDeps = lazy(
  (): HealthDeps => ({
    probes: {
      // The item need not exist. A response of the table is enough.
      dynamodb: async () => void (await table().get(keys.counter("health"))),
      sqs: () => probeQueue(sqs(), queueUrl("ALERTS_QUEUE_URL")),
    },
    timeoutMs,
    log: log(),
  }),
);
