import * as z from "zod";
import { ownPath } from "../../site/own-path.ts";
import { page } from "../../site/page.ts";
import { SignInView } from "./view.tsx";

export const signInPage = page(
  { right: null, query: z.object({ next: z.string().optional() }) },
  async ({ query: { next }, ...viewing }) => ({
    title: "Sign in",
    content: <SignInView {...viewing} next={ownPath(next)} />,
  }),
);
