import type { PropsWithChildren } from "hono/jsx";
import { type ActionName, actionHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

type ActionFormProps = PropsWithChildren<{
  readonly action: ActionName;
  /** Parameters of the action's path. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly viewing: Pick<Viewing, "viewer" | "here">;
  readonly id?: string;
  readonly class?: string;
  /** Loads a whole page, because the viewer or the subject of the page changes. */
  readonly plain?: boolean;
  /** The response is the form itself, which replaces the values of its fields. */
  readonly redrawn?: boolean;
}>;

/** A form of the site. Our script shows the result in the open page; without it, a page loads. */
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
