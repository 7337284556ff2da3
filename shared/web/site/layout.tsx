import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { stylesheet } from "./stylesheet.ts";

/**
 * A complete page. `title` must not contain user-supplied text, because its direction cannot be isolated
 * there.
 */
export function page(title: string, content: Child): string {
  const html = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <style>{raw(stylesheet)}</style>
      </head>
      <body>
        <main>{content}</main>
      </body>
    </html>
  );
  return `<!doctype html>${html}`;
}
