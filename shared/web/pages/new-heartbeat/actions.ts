import * as z from "zod";
import { heartbeatInput } from "../../../contracts/alerts/heartbeats/heartbeat.ts";
import { durationInput } from "../../../contracts/duration.ts";
import type { createHeartbeat } from "../../../use-cases/alerts/heartbeats/create-heartbeat.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const { name, service, team, severity, interval_seconds, grace_seconds } = heartbeatInput.shape;

const form = z.object({
  name,
  service,
  team,
  severity,
  interval: durationInput(interval_seconds),
  grace: durationInput(grace_seconds).default(0),
});

interface UseCases {
  readonly createHeartbeat: Wired<typeof createHeartbeat>;
}

export const createHeartbeatAction = action(
  { right: "manage", team: "resource", form, errorsInPlace: true },
  async ({ form: { interval, grace, ...rest }, now }, { createHeartbeat }: UseCases) => {
    const draft = { ...rest, intervalSeconds: interval, graceSeconds: grace };
    const { heartbeat, key } = await createHeartbeat(draft, now);
    return {
      to: pageHref("heartbeat", { id: heartbeat.id }),
      flash: done(`Created the heartbeat ${isolate(heartbeat.name)}.`),
      newSecret: key,
    };
  },
);
