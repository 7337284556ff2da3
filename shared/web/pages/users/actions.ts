import * as z from "zod";
import { userInput } from "../../../contracts/access/user.ts";
import { email } from "../../../contracts/fields.ts";
import type { saveProfile } from "../../../use-cases/access/save-profile.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

const { name, timezone } = userInput.shape;
const form = z.object({ base: z.string().default(""), email, name, timezone });

interface UseCases {
  readonly saveProfile: Wired<typeof saveProfile>;
}

export const saveUserAction = action(
  { right: "profile", form, errorsInPlace: true },
  async ({ form: { base, ...profile }, now }, { saveProfile }: UseCases) => {
    await saveProfile(profile, base, now);
    return {
      to: pageHref("user", { email: profile.email }),
      flash: done(`Saved ${isolate(profile.name)}.`),
    };
  },
);
