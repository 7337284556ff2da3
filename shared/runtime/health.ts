import { lazy } from "../caching/lazy.ts";
import { probeQueue } from "../queue/probe.ts";
import { keys } from "../storage/keys.ts";
import type { HealthDeps } from "../use-cases/check-health.ts";
import { queueUrl } from "./config.ts";
import { log, sqs } from "./system.ts";
import { table } from "./table.ts";

/** Below what load balancers and uptime monitors wait. */
const timeoutMs = 1_500;

export const healthDeps = lazy(
  (): HealthDeps => ({
    probes: {
      // The item need not exist: that the table answers is enough.
      dynamodb: async () => void (await table().get(keys.counter("health"))),
      sqs: () => probeQueue(sqs(), queueUrl("ALERTS_QUEUE_URL")),
    },
    timeoutMs,
    log: log(),
  }),
);
