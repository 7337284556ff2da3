import * as z from "zod";
import { userInput } from "../../../shared/contracts/access/user.ts";
import { email } from "../../../shared/contracts/fields.ts";
import { pageHref } from "../../../shared/contracts/web/routes.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { users } from "../../../shared/runtime/stores.ts";
import { saveProfile } from "../../../shared/use-cases/access/users.ts";

const { name, timezone } = userInput.shape;
const form = z.object({ base: z.string().default(""), email, name, timezone });

export const saveUserAction = action(
  "save-user",
  { form, faultsInPlace: true },
  async ({ form: { base, ...profile }, now }) => {
    await saveProfile({ users: users() }, profile, base, now);
    const flash = { kind: "done", text: `Saved ${apart(profile.name)}.` } as const;
    return { to: pageHref("user", { email: profile.email }), flash };
  },
);
