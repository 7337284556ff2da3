import * as z from "zod";
import { id } from "../../../contracts/fields.ts";
import { Conflict, EditConflict } from "../../../domain/errors.ts";
import type { deleteWebhook } from "../../../use-cases/notifications/webhooks/delete-webhook.ts";
import type { readWebhook } from "../../../use-cases/notifications/webhooks/read-webhook.ts";
import type { replayDelivery } from "../../../use-cases/notifications/webhooks/replay-delivery.ts";
import type { rotateWebhookSecret } from "../../../use-cases/notifications/webhooks/rotate-webhook-secret.ts";
import type { testWebhook } from "../../../use-cases/notifications/webhooks/test-webhook.ts";
import type { updateWebhook } from "../../../use-cases/notifications/webhooks/update-webhook.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";
import { webhookForm, webhookPageParams } from "../webhooks/form.ts";

const form = z.discriminatedUnion("change", [
  z.object({
    change: z.literal("save"),
    base: z.coerce.number(),
    ...webhookForm,
    description: webhookForm.description.optional(),
  }),
  z.object({ change: z.enum(["enable", "disable", "test", "rotate", "delete"]) }),
  z.object({ change: z.literal("replay"), delivery: id }),
]);

interface UseCases {
  readonly readWebhook: Wired<typeof readWebhook>;
  readonly updateWebhook: Wired<typeof updateWebhook>;
  readonly testWebhook: Wired<typeof testWebhook>;
  readonly replayDelivery: Wired<typeof replayDelivery>;
  readonly rotateWebhookSecret: Wired<typeof rotateWebhookSecret>;
  readonly deleteWebhook: Wired<typeof deleteWebhook>;
}

export const changeWebhookAction = action(
  { right: "manage", team: "path", params: webhookPageParams, form, errorsInPlace: true },
  async ({ params: { team, id }, form, now }, useCases: UseCases) => {
    const to = pageHref("webhook", { team, id });
    const update = (changes: Parameters<UseCases["updateWebhook"]>[1]) =>
      useCases.updateWebhook({ team, id }, changes, now);
    switch (form.change) {
      case "save": {
        const { change: _, base, description = null, ...changes } = form;
        const { updatedAt } = await useCases.readWebhook(team, id);
        if (updatedAt !== base)
          throw new EditConflict(
            "url",
            "was saved by someone else in the meantime: save again to overwrite that",
          );
        await update({ ...changes, description });
        return { to, flash: done("Saved the webhook.") };
      }
      case "enable":
      case "disable": {
        const { enabled } = await update({ enabled: form.change === "enable" });
        return { to, flash: done(enabled ? "Enabled the webhook." : "Disabled the webhook.") };
      }
      case "test":
        await useCases.testWebhook(team, id, now);
        return { to, flash: done("Sending a test delivery.") };
      case "replay":
        try {
          await useCases.replayDelivery(team, id, form.delivery, now);
          return { to, flash: done("Sending the delivery again.") };
        } catch (error) {
          // Disabled since the page was loaded.
          if (!(error instanceof Conflict)) throw error;
          return { to, flash: trouble(`Not replayed: ${error.message}.`) };
        }
      case "rotate": {
        const { secret } = await useCases.rotateWebhookSecret({ team, id }, now);
        const flash = done("Rotated the signing secret. The previous one also signs for 24 hours.");
        return { to, flash, newSecret: secret };
      }
      case "delete":
        await useCases.deleteWebhook(team, id);
        return { to: pageHref("webhooks", { team }), flash: done("Deleted the webhook.") };
    }
  },
);
