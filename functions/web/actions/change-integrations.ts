import * as z from "zod";
import { id, serviceName, teamName, text } from "../../../shared/contracts/fields.ts";
import { integrationInput } from "../../../shared/contracts/integrations/integration.ts";
import { pageHref } from "../../../shared/contracts/web/routes.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { action } from "../../../shared/http/site.ts";
import { integrationTypeNames } from "../../../shared/integrations/registry.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { makeIntegrationDeps } from "../../../shared/runtime/deps.ts";
import {
  createIntegration,
  deleteIntegration,
  rotateIntegration,
  type WithKey,
} from "../../../shared/use-cases/integrations/integrations.ts";

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

export const changeIntegrationsAction = action(
  "change-integrations",
  { form, faultsInPlace: true },
  async ({ form, now, ulid }) => {
    const flash = (text: string) => ({ kind: "done", text }) as const;
    const withKey = ({ integration, key }: WithKey, text: string) => ({
      to: pageHref("integrations", { integration: integration.id }),
      flash: flash(text),
      told: key,
    });
    switch (form.change) {
      case "create": {
        const { change: _, ...asked } = form;
        const draft = integrationInput.parse(asked);
        const made = await createIntegration({ ...makeIntegrationDeps(), ulid }, draft, now);
        return withKey(made, `Made the integration ${apart(form.name)}.`);
      }
      case "rotate": {
        const rotated = await rotateIntegration(makeIntegrationDeps(), form.id, now);
        const name = apart(rotated.integration.name);
        return withKey(rotated, `Rotated ${name}: the old key opens nothing after ten seconds.`);
      }
      case "delete": {
        const { integration } = await deleteIntegration(makeIntegrationDeps(), form.id);
        const text = `Deleted ${apart(integration.name)}: its key opens nothing after ten seconds.`;
        return { to: pageHref("integrations"), flash: flash(text) };
      }
    }
  },
);
