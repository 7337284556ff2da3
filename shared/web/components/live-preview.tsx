import type { PropsWithChildren } from "hono/jsx";
import { type ActionName, actionHref } from "../site/routes.ts";

/**
 * What would come of a form, beside it. Our script asks for it anew when somebody changes the form, which then stays as
 * it is; without it there is a button.
 */
export function LivePreview({
  action,
  params,
  form,
  title,
  children,
}: PropsWithChildren<{
  readonly action: ActionName;
  readonly params?: Readonly<Record<string, string>>;
  /** Id of the form. */
  readonly form: string;
  readonly title: string;
}>) {
  return (
    <section
      id="preview"
      class="preview"
      aria-labelledby="preview-title"
      // Beside a long form it scrolls by itself, and has to be reached by the keyboard.
      tabindex={0}
      hx-post={actionHref(action, params)}
      hx-trigger={`input from:#${form} delay:400ms`}
      hx-include={`#${form}`}
      hx-vals='{"op":"preview"}'
      hx-target="this"
      hx-select="#preview"
      hx-swap="morph:outerHTML"
      hx-sync="this:replace"
    >
      <h2 id="preview-title">{title}</h2>
      {children}
    </section>
  );
}
