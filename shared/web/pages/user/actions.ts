import * as z from "zod";
import { contactMethodShape, refuseUnfitAddress } from "../../../contracts/access/contact-method.ts";
import { subscriptionInput, subscriptionOf } from "../../../contracts/access/push/push-subscription.ts";
import { userParams } from "../../../contracts/access/user.ts";
import { codeInput } from "../../../contracts/access/verify-contact-method.ts";
import { durationInput } from "../../../contracts/duration.ts";
import { id } from "../../../contracts/fields.ts";
import { type NotificationRule, type User, withoutMethod } from "../../../domain/access/contact.ts";
import { rulesBase } from "../../../domain/edit-base.ts";
import { EditConflict, NotFound, TooManyRequests } from "../../../domain/errors.ts";
import { parseJson } from "../../../domain/json.ts";
import { limits } from "../../../domain/limits.ts";
import { parse } from "../../../http/request/query.ts";
import type { createLinkCode } from "../../../use-cases/access/accounts/create-link-code.ts";
import type { addContactMethod } from "../../../use-cases/access/add-contact-method.ts";
import type { changeUser } from "../../../use-cases/access/change-user.ts";
import type { deleteUser } from "../../../use-cases/access/delete-user.ts";
import type { findUser } from "../../../use-cases/access/find-user.ts";
import type { addPushDevice } from "../../../use-cases/access/push/add-push-device.ts";
import type { removePushDevice } from "../../../use-cases/access/push/remove-push-device.ts";
import type { enterCode } from "../../../use-cases/access/reachability/enter-code.ts";
import type { sendCode } from "../../../use-cases/access/reachability/send-code.ts";
import type { sendTestMessage } from "../../../use-cases/notifications/send-test-message.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const { channel, address } = contactMethodShape;
/** One row per rule; rows without a method are ignored. */
const cells = z.array(z.string().max(limits.idLength)).max(limits.notificationRules + 10);

/** Push subscription in JSON, as the browser gives it to our script. */
const subscriptionText = z.string().transform((text, context) => {
  const parsed = subscriptionInput.safeParse(fieldsIn(text));
  if (parsed.success) return subscriptionOf(parsed.data);
  context.addIssue("is not a push subscription. Reload the page and try again");
  return z.NEVER;
});

const form = z.discriminatedUnion("change", [
  z.object({ change: z.literal("add"), channel, address }).superRefine(refuseUnfitAddress),
  z.object({ change: z.literal("remove"), method: id }),
  z.object({ change: z.literal("test"), method: id }),
  z.object({ change: z.literal("send_code"), method: id }),
  z.object({ change: z.literal("verify"), method: id, code: codeInput }),
  z.object({
    change: z.enum(["rules", "low_urgency_rules"]),
    base: z.string().default(""),
    by: cells,
    after: cells,
  }),
  z.object({ change: z.literal("link_telegram") }),
  z.object({ change: z.literal("subscribe"), subscription: subscriptionText }),
  z.object({ change: z.literal("unsubscribe"), device: id }),
  z.object({ change: z.literal("test_device"), device: id }),
  z.object({ change: z.literal("delete") }),
]);

interface UseCases {
  readonly findUser: Wired<typeof findUser>;
  readonly addContactMethod: Wired<typeof addContactMethod>;
  readonly changeUser: Wired<typeof changeUser>;
  readonly createLinkCode: Wired<typeof createLinkCode>;
  readonly addPushDevice: Wired<typeof addPushDevice>;
  readonly removePushDevice: Wired<typeof removePushDevice>;
  readonly deleteUser: Wired<typeof deleteUser>;
  readonly sendTestMessage: Wired<typeof sendTestMessage>;
  readonly sendCode: Wired<typeof sendCode>;
  readonly enterCode: Wired<typeof enterCode>;
}

export const changeUserAction = action(
  { right: "profile", params: userParams, form, errorsInPlace: true },
  async ({ params: { email }, form, actor, now, back: to }, useCases: UseCases) => {
    switch (form.change) {
      case "add":
        await useCases.addContactMethod(email, { channel: form.channel, address: form.address }, now);
        return { to, flash: done("Added a contact method.") };
      case "remove":
        await useCases.changeUser(email, (user) => withoutMethod(user, form.method), now);
        return { to, flash: done(`Removed ${isolate(form.method)}.`) };
      case "test": {
        const { contactMethods } = await useCases.findUser(email);
        const method = contactMethods.find((each) => each.id === form.method);
        if (!method) throw new NotFound("contact method", form.method);
        await useCases.sendTestMessage(email, method, actor, now);
        return { to, flash: done(`Sending a test message to ${isolate(form.method)}.`) };
      }
      case "send_code": {
        try {
          const { codeExpiresAt } = await useCases.sendCode(email, form.method, now);
          const text =
            codeExpiresAt === null
              ? `${isolate(form.method)} is already verified.`
              : `Sending a code to ${isolate(form.method)}. Enter it below within ${limits.codeSeconds / 60} minutes.`;
          return { to, flash: done(text) };
        } catch (error) {
          if (!(error instanceof TooManyRequests)) throw error;
          return { to, flash: trouble(`${error.message}.`) };
        }
      }
      case "verify":
        await useCases.enterCode(email, form.method, form.code, now);
        return { to, flash: done(`Verified ${isolate(form.method)}.`) };
      case "link_telegram":
        return { to, newSecret: await useCases.createLinkCode(email, "telegram", now) };
      case "rules":
        await useCases.changeUser(email, (user) => withRules(user, "notificationRules", form), now);
        return { to, flash: done("Saved the notification rules.") };
      case "low_urgency_rules":
        await useCases.changeUser(email, (user) => withRules(user, "lowUrgencyRules", form), now);
        return { to, flash: done("Saved the rules for low urgency.") };
      case "subscribe": {
        const { id, name } = await useCases.addPushDevice(email, form.subscription, now);
        // A browser renews its subscription with the receipt of a message.
        await useCases.sendTestMessage(email, pushTo(email), actor, now, { device: id });
        return { to, flash: done(`Enabled push in ${isolate(name)}. Sending a test message to it.`) };
      }
      case "test_device":
        await useCases.sendTestMessage(email, pushTo(email), actor, now, { device: form.device });
        return { to, flash: done("Sending a test message to the device.") };
      case "unsubscribe": {
        const { name } = await useCases.removePushDevice(email, form.device);
        return { to, flash: done(`Removed ${isolate(name)}. Pages no longer arrive there.`) };
      }
      case "delete": {
        const { name } = await useCases.deleteUser(email, now);
        return { to: pageHref("users"), flash: done(`Deleted ${isolate(name)}.`) };
      }
    }
  },
);

const pushTo = (email: string) => ({ channel: "push", address: email });

/** Returns undefined for a text that is not JSON. */
function fieldsIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

interface Rows {
  readonly by: readonly string[];
  readonly after: readonly string[];
}

/** @throws EditConflict when the rules were changed since the form was loaded, Invalid */
function withRules(
  user: User,
  list: "notificationRules" | "lowUrgencyRules",
  sent: Rows & { readonly base: string },
): User {
  const methods = user.contactMethods.map(({ id }) => id);
  const rules = rulesOf(sent, methods);
  if (rulesBase(user[list]) === sent.base) return { ...user, [list]: rules };
  throw new EditConflict(
    "rules",
    "were saved by someone else in the meantime. Save again to overwrite their changes",
  );
}

/** @throws Invalid */
function rulesOf({ by, after }: Rows, known: readonly string[]): readonly NotificationRule[] {
  const rows = by.flatMap((method, index) =>
    method === "" ? [] : [{ method, after: after[index]?.trim() || "0 s" }],
  );
  const row = z.object({
    method: z.enum(known, "must be one of the contact methods"),
    after: durationInput(z.int().min(0).max(limits.notificationDelaySeconds)),
  });
  const { rules } = parse(z.object({ rules: z.array(row).max(limits.notificationRules) }), { rules: rows });
  return rules
    .map(({ method, after }) => ({ contactMethodId: method, delaySeconds: after }))
    .toSorted((a, b) => a.delaySeconds - b.delaySeconds);
}
