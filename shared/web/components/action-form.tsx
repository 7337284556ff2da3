import type { PropsWithChildren } from "hono/jsx";
import { type ActionName, actionHref } from "../site/routes.ts";
import type { Viewing } from "../site/viewer.ts";

type ActionFormProps = PropsWithChildren<{
  readonly action: ActionName;
  /** For the action's path. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly viewing: Pick<Viewing, "viewer" | "here">;
  readonly id?: string;
  readonly class?: string;
  /** It leads to a whole page: who one is, or what the page is about, changes. */
  readonly plain?: boolean;
  /** It is answered with itself, as the server understood it; what is in its fields is then not kept, but replaced. */
  readonly redrawn?: boolean;
}>;

/** A form of ours: without a script it leads to a page, with it the open page shows what came of it. */
export function ActionForm({ action, params, viewing, plain, redrawn, children, ...rest }: ActionFormProps) {
  const href = actionHref(action, params);
  const live = {
    ...(!plain && { "hx-post": href, "hx-sync": "this:drop" }),
    ...(redrawn && { "hx-swap": "outerHTML", novalidate: true }),
  };
  return (
    <form method="post" action={href} {...live} {...rest}>
      <input type="hidden" name="form_token" value={viewing.viewer.formToken} autocomplete="off" />
      <input type="hidden" name="back" value={viewing.here} autocomplete="off" />
      {children}
    </form>
  );
}
