import * as z from "zod";
import { id, serviceName, teamName, text } from "../../../contracts/fields.ts";
import { Invalid } from "../../../domain/errors.ts";
import type { Integration } from "../../../domain/integrations/integration.ts";
import { limits } from "../../../domain/limits.ts";
import { parse } from "../../../http/request/query.ts";
import { typeNamed } from "../../../integrations/registry.ts";
import type { deleteIntegration } from "../../../use-cases/integrations/delete-integration.ts";
import type { rotateIntegration } from "../../../use-cases/integrations/rotate-integration.ts";
import type { updateIntegration } from "../../../use-cases/integrations/update-integration.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { type FormFields, fieldOf } from "../../site/forms/form.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";
import { type FindTeam, savedForTeam } from "../services/saved-for-team.ts";
import { parsePairs, settingsOf } from "./setting-fields.tsx";

const form = z.discriminatedUnion("change", [
  z.object({
    change: z.literal("save"),
    base: z.coerce.number(),
    name: text(1, limits.integrationNameLength),
    service: serviceName,
    team: teamName.optional(),
  }),
  z.object({ change: z.enum(["test", "rotate", "delete"]) }),
]);

interface UseCases {
  readonly updateIntegration: Wired<typeof updateIntegration>;
  readonly rotateIntegration: Wired<typeof rotateIntegration>;
  readonly deleteIntegration: Wired<typeof deleteIntegration>;
  /** Returns the IDs of the alerts. */
  readonly sendTestEvent: (id: string, now: number) => Promise<readonly string[]>;
  readonly loadSchedule: FindTeam;
}

export const changeIntegrationAction = action(
  { right: "manage", team: "resource", params: z.object({ id }), form, errorsInPlace: true },
  async ({ params: { id }, form, fields, now }, useCases: UseCases) => {
    const to = pageHref("integration", { id });
    switch (form.change) {
      case "save": {
        const { change: _, base, team, ...changes } = form;
        const changesOf = (known: Integration) => ({
          ...changes,
          settings: settingsIn(fields, known),
          team: team ?? null,
        });
        const { name } = await useCases.updateIntegration(id, changesOf, base, now);
        const text = `Saved integration ${isolate(name)}.`;
        return { to, flash: await savedForTeam(useCases.loadSchedule, { text, team, now }) };
      }
      case "test":
        try {
          const [test = ""] = await useCases.sendTestEvent(id, now);
          return { to: pageHref("integration", { id, test }), flash: done("Sent a test event.") };
        } catch (error) {
          // The mapping does not fit the example, or the release does not have the type.
          if (!(error instanceof Invalid)) throw error;
          const [fault] = error.faults;
          return { to, flash: trouble(`No test event was sent: ${fault?.message ?? error.message}.`) };
        }
      case "rotate": {
        const { integration, key } = await useCases.rotateIntegration(id, now);
        const name = isolate(integration.name);
        const flash = done(`Rotated the key of ${name}. The old key stops working within ten seconds.`);
        return { to, flash, newSecret: key };
      }
      case "delete": {
        const { integration } = await useCases.deleteIntegration(id);
        const text = `Deleted ${isolate(integration.name)}. Its key stops working within ten seconds.`;
        return { to: pageHref("integrations"), flash: done(text) };
      }
    }
  },
);

/** Returns the submitted settings. An empty secret keeps the stored one. @throws Invalid */
function settingsIn(fields: FormFields, { type, settings }: Integration): Integration["settings"] {
  const schema = typeNamed(type)?.settings;
  if (!schema) return settings;
  const sent = settingsOf(schema).map(({ name, kind }) => {
    const text = fieldOf(fields, `settings.${name}`) ?? "";
    if (kind === "pairs") return [name, parsePairs(text)];
    const kept = kind === "secret" ? settings[name] : undefined;
    return [name, text === "" ? kept : text];
  });
  return parse(z.object({ settings: schema }), { settings: Object.fromEntries(sent) }).settings;
}
