import * as z from "zod";
import { durationInput } from "../../../contracts/duration.ts";
import { serviceName } from "../../../contracts/fields.ts";
import { serviceInput } from "../../../contracts/oncall/service.ts";
import type { saveService } from "../../../use-cases/oncall/save-service.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";
import { type FindTeam, savedForTeam } from "./saved-for-team.ts";

const { auto_resolve_seconds, team } = serviceInput.shape;
const form = z.object({
  base: z.string().default(""),
  service: serviceName,
  team,
  auto_resolve: durationInput(auto_resolve_seconds).optional(),
});

interface UseCases {
  readonly saveService: Wired<typeof saveService>;
  readonly loadSchedule: FindTeam;
}

export const saveServiceAction = action(
  { form, errorsInPlace: true },
  async (
    { form: { base, service, auto_resolve: autoResolveSeconds = null, team }, now },
    { saveService, loadSchedule }: UseCases,
  ) => {
    await saveService({ name: service, team, autoResolveSeconds }, base, now);
    const text = `Saved ${isolate(service)}. It belongs to ${isolate(team)}.`;
    return {
      to: pageHref("service", { service }),
      flash: await savedForTeam(loadSchedule, { text, team, now }),
    };
  },
);
