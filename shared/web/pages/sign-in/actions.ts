import * as z from "zod";
import { text } from "../../../contracts/fields.ts";
import { timezone } from "../../../contracts/oncall/local.ts";
import { limits } from "../../../domain/limits.ts";
import { action } from "../../site/action.ts";
import type { closeSession, openSession } from "../../site/open-session.ts";
import { nameCookie } from "../../site/recognize.ts";
import { timeZoneCookie } from "../../site/time-zone.ts";
import type { Wired } from "../../site/use-case.ts";

interface UseCases {
  readonly openSession: Wired<typeof openSession>;
  readonly closeSession: Wired<typeof closeSession>;
}

export const signInAction = action(
  { right: null, form: z.object({ key: z.string().optional() }) },
  async (
    { form: { key = "" }, headers, now, back },
    {
      openSession,
    }: { readonly openSession: (key: string, headers: Headers, now: number) => Promise<string> },
  ) => ({ to: back, cookies: [await openSession(key.trim(), headers, now)] }),
);

export const signOutAction = action(
  { right: null, form: z.object({}) },
  ({ headers, now }, { closeSession }: UseCases) => closeSession(headers, now),
);

/** Stores the viewer's name where no sign-in is required. */
export const rememberNameAction = action(
  { right: null, form: z.object({ name: text(1, limits.personNameLength).optional() }) },
  async ({ form: { name = "" }, headers, back }) => ({
    to: back,
    cookies: [nameCookie(name.trim(), headers)],
  }),
);

/** Stores the time zone that pages show their times in. */
export const chooseTimeZoneAction = action(
  { right: null, form: z.object({ timezone }) },
  async ({ form: { timezone }, headers, back }) => ({
    to: back,
    cookies: [timeZoneCookie(timezone, headers)],
  }),
);
