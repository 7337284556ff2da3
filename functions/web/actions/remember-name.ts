import * as z from "zod";
import { text } from "../../../shared/contracts/fields.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { action } from "../../../shared/http/site.ts";
import { nameCookie } from "../../../shared/http/visitor.ts";

const form = z.object({ name: text(1, limits.personNameLength).optional() });

/** Where nobody signs in, people say themselves who they are. */
export const rememberNameAction = action(
  "remember-name",
  { scope: null, form },
  async ({ form: { name = "" }, headers, back }) => ({
    to: back,
    cookies: [nameCookie(name.trim(), headers)],
  }),
);
