import * as z from "zod";
import { contactMethodShape, refuseUnfitAddress } from "../../../shared/contracts/access/contact-method.ts";
import { userParams } from "../../../shared/contracts/access/user.ts";
import { durationInput } from "../../../shared/contracts/duration.ts";
import { id } from "../../../shared/contracts/fields.ts";
import { pageHref } from "../../../shared/contracts/web/routes.ts";
import { type NotificationRule, type User, withoutMethod } from "../../../shared/domain/access/contact.ts";
import { rulesBase } from "../../../shared/domain/edit-base.ts";
import { EditConflict } from "../../../shared/domain/errors.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { parse } from "../../../shared/http/query.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { notifyDeps } from "../../../shared/runtime/deps.ts";
import { users } from "../../../shared/runtime/stores.ts";
import {
  addContactMethod,
  changeUser,
  deleteUser,
  findUser,
} from "../../../shared/use-cases/access/users.ts";
import { existing } from "../../../shared/use-cases/existing.ts";
import { sendTestMessage } from "../../../shared/use-cases/notifications/send-test-message.ts";

const { channel, address } = contactMethodShape;
/** A row a rule; those without a method are none. */
const cells = z.array(z.string().max(limits.idLength)).max(limits.notificationRules + 10);

const form = z.discriminatedUnion("change", [
  z.object({ change: z.literal("add"), channel, address }).superRefine(refuseUnfitAddress),
  z.object({ change: z.literal("remove"), method: id }),
  z.object({ change: z.literal("test"), method: id }),
  z.object({ change: z.literal("rules"), base: z.string().default(""), by: cells, after: cells }),
  z.object({ change: z.literal("delete") }),
]);

export const changeUserAction = action(
  "change-user",
  { params: userParams, form, faultsInPlace: true },
  async ({ params: { email }, form, actor, now, ulid, back }) => {
    const deps = { users: users() };
    const done = (text: string, to = back) => ({ to, flash: { kind: "done", text } as const });
    switch (form.change) {
      case "add":
        await addContactMethod(deps, email, { channel: form.channel, address: form.address }, now);
        return done(`Added ${form.channel}.`);
      case "remove":
        await changeUser(deps, email, (user) => withoutMethod(user, form.method), now);
        return done(`Removed ${apart(form.method)}.`);
      case "test": {
        const { contactMethods } = await findUser(deps, email);
        const found = contactMethods.find((each) => each.id === form.method);
        const method = existing(found, "contact method", form.method);
        await sendTestMessage({ ...notifyDeps(), ulid }, email, method, actor, now);
        return done(`A test is on its way to ${apart(form.method)}.`);
      }
      case "rules":
        await changeUser(deps, email, (user) => withRules(user, form), now);
        return done("Saved the rules.");
      case "delete": {
        const { name } = await deleteUser(deps, email);
        return done(`${apart(name)} is gone.`, pageHref("users"));
      }
    }
  },
);

/** @throws EditConflict when somebody else saved rules since the form was loaded, Invalid */
function withRules(
  user: User,
  sent: { readonly base: string; readonly by: readonly string[]; readonly after: readonly string[] },
): User {
  const methods = user.contactMethods.map(({ id }) => id);
  const notificationRules = rulesOf(sent, methods);
  if (rulesBase(user) === sent.base) return { ...user, notificationRules };
  throw new EditConflict("rules", "were saved by somebody else meanwhile: save again to replace theirs");
}

/** @throws Invalid */
function rulesOf(
  { by, after }: { readonly by: readonly string[]; readonly after: readonly string[] },
  known: readonly string[],
): readonly NotificationRule[] {
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
