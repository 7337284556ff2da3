import * as z from "zod";
import { ownPath } from "../../site/own-path.ts";
import { page } from "../../site/page.ts";
import { SignInView } from "./view.tsx";

interface UseCases {
  /** Returns the name of the identity provider; null if none is configured. */
  readonly providerName: () => string | null;
}

export const signInPage = page(
  { right: null, query: z.object({ next: z.string().optional() }) },
  async ({ query: { next }, ...viewing }, { providerName }: UseCases) => ({
    title: "Sign in",
    content: <SignInView {...viewing} provider={providerName()} next={ownPath(next)} />,
  }),
);
