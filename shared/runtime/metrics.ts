import { withoutContext } from "../telemetry/context.ts";
import { telemetryBuffer } from "../telemetry/telemetry.ts";
import { once } from "./once.ts";
import { telemetryQueue } from "./queues.ts";
import { clock } from "./world.ts";

/** What this execution environment counts. */
export const metrics = /* @__PURE__ */ once(() =>
  telemetryBuffer({
    clock,
    send: (telemetry) => telemetryQueue().send(telemetry),
    later: (delayMs, run) => withoutContext(() => void setTimeout(run, delayMs).unref()),
  }),
);
