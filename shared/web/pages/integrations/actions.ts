import * as z from "zod";
import { serviceName, teamName, text } from "../../../contracts/fields.ts";
import { integrationInput } from "../../../contracts/integrations/integration.ts";
import { limits } from "../../../domain/limits.ts";
import { integrationTypeNames } from "../../../integrations/registry.ts";
import type { createIntegration } from "../../../use-cases/integrations/create-integration.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";
import { type FindTeam, savedForTeam } from "../services/saved-for-team.ts";

const form = z.object({
  name: text(1, limits.integrationNameLength),
  type: z.enum(integrationTypeNames),
  service: serviceName,
  team: teamName.optional(),
});

interface UseCases {
  readonly createIntegration: Wired<typeof createIntegration>;
  readonly loadSchedule: FindTeam;
}

export const createIntegrationAction = action(
  { right: "manage", team: "resource", form, errorsInPlace: true },
  async ({ form, now }, { createIntegration, loadSchedule }: UseCases) => {
    const { integration, key } = await createIntegration(integrationInput.parse(form), now);
    return {
      to: pageHref("integration", { id: integration.id }),
      flash: await savedForTeam(loadSchedule, {
        text: `Created integration ${isolate(form.name)}.`,
        team: form.team,
        now,
      }),
      newSecret: key,
    };
  },
);
