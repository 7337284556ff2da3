import { lazy } from "../caching/lazy.ts";
import { runLater } from "../telemetry/context.ts";
import { telemetryBuffer } from "../telemetry/telemetry.ts";
import { telemetryQueue } from "./queues.ts";
import { clock } from "./system.ts";

/** Metrics of this execution environment. */
export const metrics = lazy(() =>
  telemetryBuffer({
    clock,
    // Also a missing setting only loses metrics.
    send: async (telemetry) => telemetryQueue().send(telemetry),
    later: runLater,
  }),
);
