import * as z from "zod";
import { id, serviceName, teamName, text } from "../../../contracts/fields.ts";
import { integrationInput } from "../../../contracts/integrations/integration.ts";
import { limits } from "../../../domain/limits.ts";
import { integrationTypeNames } from "../../../integrations/registry.ts";
import type { createIntegration } from "../../../use-cases/integrations/create-integration.ts";
import type { deleteIntegration } from "../../../use-cases/integrations/delete-integration.ts";
import type { WithKey } from "../../../use-cases/integrations/integration-deps.ts";
import type { rotateIntegration } from "../../../use-cases/integrations/rotate-integration.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const form = z.discriminatedUnion("change", [
  z.object({
    change: z.literal("create"),
    name: text(1, limits.integrationNameLength),
    type: z.enum(integrationTypeNames),
    service: serviceName,
    team: teamName.optional(),
  }),
  z.object({ change: z.literal("rotate"), id }),
  z.object({ change: z.literal("delete"), id }),
]);

interface UseCases {
  readonly createIntegration: Wired<typeof createIntegration>;
  readonly rotateIntegration: Wired<typeof rotateIntegration>;
  readonly deleteIntegration: Wired<typeof deleteIntegration>;
}

export const changeIntegrationsAction = action(
  { form, errorsInPlace: true },
  async ({ form, now }, { createIntegration, rotateIntegration, deleteIntegration }: UseCases) => {
    const withKey = ({ integration: { id }, key }: WithKey, text: string) => ({
      to: pageHref("integrations", { integration: id }),
      flash: done(text),
      newSecret: key,
    });
    switch (form.change) {
      case "create": {
        const { change: _, ...asked } = form;
        const created = await createIntegration(integrationInput.parse(asked), now);
        return withKey(created, `Created integration ${isolate(form.name)}.`);
      }
      case "rotate": {
        const rotated = await rotateIntegration(form.id, now);
        const name = isolate(rotated.integration.name);
        return withKey(rotated, `Rotated the key of ${name}. The old key stops working within ten seconds.`);
      }
      case "delete": {
        const { integration } = await deleteIntegration(form.id);
        const text = `Deleted ${isolate(integration.name)}. Its key stops working within ten seconds.`;
        return { to: pageHref("integrations"), flash: done(text) };
      }
    }
  },
);
