import * as z from "zod";
import { heartbeatInput, heartbeatParams } from "../../../contracts/alerts/heartbeats/heartbeat.ts";
import { durationInput } from "../../../contracts/duration.ts";
import type { deleteHeartbeat } from "../../../use-cases/alerts/heartbeats/delete-heartbeat.ts";
import type { rotateHeartbeat } from "../../../use-cases/alerts/heartbeats/rotate-heartbeat.ts";
import type { updateHeartbeat } from "../../../use-cases/alerts/heartbeats/update-heartbeat.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const { name, team, severity, interval_seconds, grace_seconds } = heartbeatInput.shape;

const form = z.discriminatedUnion("change", [
  z.object({
    change: z.literal("save"),
    name,
    team,
    severity,
    interval: durationInput(interval_seconds),
    grace: durationInput(grace_seconds).default(0),
  }),
  z.object({ change: z.literal("pause") }),
  z.object({ change: z.literal("resume") }),
  z.object({ change: z.literal("rotate") }),
  z.object({ change: z.literal("delete") }),
]);

interface UseCases {
  readonly updateHeartbeat: Wired<typeof updateHeartbeat>;
  readonly rotateHeartbeat: Wired<typeof rotateHeartbeat>;
  readonly deleteHeartbeat: Wired<typeof deleteHeartbeat>;
}

export const changeHeartbeatAction = action(
  { right: "manage", team: "resource", params: heartbeatParams, form, errorsInPlace: true },
  async ({ params: { id }, form, now, back }, useCases: UseCases) => {
    const { updateHeartbeat, rotateHeartbeat, deleteHeartbeat } = useCases;
    switch (form.change) {
      case "save": {
        const { name, team, severity, interval, grace } = form;
        const changes = { name, team, severity, intervalSeconds: interval, graceSeconds: grace };
        await updateHeartbeat(id, changes, now);
        return { to: back, flash: done(`Saved the heartbeat ${isolate(name)}.`) };
      }
      case "pause": {
        const { heartbeat } = await updateHeartbeat(id, { paused: true }, now);
        const text = `Paused ${isolate(heartbeat.name)}. Missing pings open no incidents.`;
        return { to: back, flash: done(text) };
      }
      case "resume": {
        const { heartbeat } = await updateHeartbeat(id, { paused: false }, now);
        return { to: back, flash: done(`Resumed ${isolate(heartbeat.name)}.`) };
      }
      case "rotate": {
        const { heartbeat, key } = await rotateHeartbeat(id, now);
        const text = `Rotated the key of ${isolate(heartbeat.name)}. The old URL no longer works.`;
        return { to: pageHref("heartbeat", { id }), flash: done(text), newSecret: key };
      }
      case "delete": {
        const { heartbeat } = await deleteHeartbeat(id, now);
        return {
          to: pageHref("heartbeats"),
          flash: done(`Deleted the heartbeat ${isolate(heartbeat.name)}.`),
        };
      }
    }
  },
);
