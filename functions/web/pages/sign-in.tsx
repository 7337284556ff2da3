import * as z from "zod";
import { ownPath } from "../../../shared/http/own-path.ts";
import { page } from "../../../shared/http/site.ts";
import { SignInView } from "../../../shared/pages/sign-in-view.tsx";

export const signInPage = page(
  "sign-in",
  { scope: null, query: z.object({ next: z.string().optional() }) },
  async ({ query: { next }, ...viewing }) => ({
    title: "Sign in",
    content: <SignInView {...viewing} next={ownPath(next)} />,
  }),
);
