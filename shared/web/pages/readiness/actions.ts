import * as z from "zod";
import { durationInput } from "../../../contracts/duration.ts";
import { teamName } from "../../../contracts/fields.ts";
import { readinessInput } from "../../../contracts/oncall/readiness/readiness.ts";
import { limits } from "../../../domain/limits.ts";
import type { putReadiness } from "../../../use-cases/oncall/readiness/put-readiness.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const { drill } = readinessInput.shape;

const form = z.object({
  team: teamName,
  within: durationInput(z.int().min(0).max(limits.notificationDelaySeconds)),
  channels: z.coerce.number<string>().pipe(readinessInput.shape.channels.unwrap()),
  drill,
});

interface UseCases {
  readonly putReadiness: Wired<typeof putReadiness>;
}

export const saveReadinessAction = action(
  { right: "manage", team: "form", form, errorsInPlace: true },
  async ({ form: { team, within, channels, drill }, now }, { putReadiness }: UseCases) => {
    await putReadiness(team, { withinSeconds: within, channels, drill }, now);
    const text = `Saved the requirement of ${isolate(team)}.`;
    return { to: pageHref("readiness", { team }), flash: done(text) };
  },
);
