import * as z from "zod";
import { teamName } from "../../../contracts/fields.ts";
import { Conflict, Invalid } from "../../../domain/errors.ts";
import type { createWebhook } from "../../../use-cases/notifications/webhooks/create-webhook.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";
import { webhookForm } from "./form.ts";

const form = z.object({ team: teamName, ...webhookForm, description: webhookForm.description.optional() });

interface UseCases {
  readonly createWebhook: Wired<typeof createWebhook>;
}

export const createWebhookAction = action(
  { right: "manage", team: "form", form, errorsInPlace: true },
  async ({ form: { description = null, ...draft }, now }, { createWebhook }: UseCases) => {
    try {
      const { team, id, secret } = await createWebhook({ ...draft, description }, now);
      return {
        to: pageHref("webhook", { team, id }),
        flash: done("Created the webhook."),
        newSecret: secret,
      };
    } catch (error) {
      // The team has the maximum number.
      if (error instanceof Conflict) throw new Invalid([{ path: "team", message: error.message }]);
      throw error;
    }
  },
);
