import type { PropsWithChildren } from "hono/jsx";
import { type ActionName, actionHref } from "../../site/routes.ts";

/**
 * Preview of a form. Our script reloads it when the form changes. Without a script there is a button.
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
  /** ID of the form. */
  readonly form: string;
  readonly title: string;
}>) {
  return (
    <section
      id="preview"
      class="preview"
      aria-labelledby="preview-title"
      // It scrolls separately next to a long form, so it must be focusable.
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
