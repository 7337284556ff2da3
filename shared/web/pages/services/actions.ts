import * as z from "zod";
import { durationInput } from "../../../contracts/duration.ts";
import { serviceName } from "../../../contracts/fields.ts";
import { putServiceContract } from "../../../contracts/oncall/put-service.ts";
import type { saveService } from "../../../use-cases/oncall/services.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const { team, auto_resolve_seconds } = putServiceContract.body.shape;
const form = z.object({
  base: z.string().default(""),
  service: serviceName,
  team,
  auto_resolve: durationInput(auto_resolve_seconds).optional(),
});

interface UseCases {
  readonly saveService: Wired<typeof saveService>;
}

export const saveServiceAction = action(
  { form, errorsInPlace: true },
  async (
    { form: { base, service, team, auto_resolve: autoResolveSeconds = null }, now },
    { saveService }: UseCases,
  ) => {
    await saveService({ name: service, team, autoResolveSeconds }, base, now);
    const flash = done(`Saved ${isolate(service)}. It belongs to ${isolate(team)}.`);
    return { to: pageHref("services"), flash };
  },
);
