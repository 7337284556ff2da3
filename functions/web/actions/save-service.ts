import * as z from "zod";
import { durationInput } from "../../../shared/contracts/duration.ts";
import { serviceName } from "../../../shared/contracts/fields.ts";
import { putServiceContract } from "../../../shared/contracts/oncall/put-service.ts";
import { pageHref } from "../../../shared/contracts/web/routes.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { services } from "../../../shared/runtime/stores.ts";
import { saveService } from "../../../shared/use-cases/oncall/services.ts";

const { team, auto_resolve_seconds } = putServiceContract.body.shape;
const form = z.object({
  base: z.string().default(""),
  service: serviceName,
  team,
  auto_resolve: durationInput(auto_resolve_seconds).optional(),
});

export const saveServiceAction = action(
  "save-service",
  { form, faultsInPlace: true },
  async ({ form: { base, service, team, auto_resolve: autoResolveSeconds = null }, now }) => {
    await saveService({ services: services() }, { name: service, team, autoResolveSeconds }, base, now);
    const text = `${apart(service)} belongs to ${apart(team)}.`;
    return { to: pageHref("settings"), flash: { kind: "done", text } };
  },
);
