import * as z from "zod";
import { userParams } from "../../../contracts/access/user.ts";
import { count } from "../../../domain/text/count.ts";
import type { forgetUser } from "../../../use-cases/access/forget/forget-user.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

interface UseCases {
  readonly forgetUser: Wired<typeof forgetUser>;
}

export const forgetUserAction = action(
  { right: "administer", params: userParams, form: z.object({}) },
  async ({ params: { email }, now }, { forgetUser }: UseCases) => {
    const { isComplete, counts, kept, pseudonym } = await forgetUser(email, now);
    const changed = count(
      Object.values(counts).reduce((sum, each) => sum + each, 0),
      "record",
    );
    if (!isComplete)
      return {
        to: pageHref("user", { email }),
        flash: trouble(`Changed ${changed} so far. Older ones are left: continue below.`),
      };
    const notifications = kept.find(({ what }) => what === "notifications");
    const left = count(notifications?.count ?? 0, "notification");
    return {
      to: pageHref("users"),
      flash: done(
        `Forgot the person: ${changed} changed. ${pseudonym.name} replaces them. Kept until they expire: ${left}.`,
      ),
    };
  },
);
