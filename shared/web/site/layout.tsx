import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { stylesheet } from "./stylesheet.ts";

/** A whole page. `title` stands where nothing can be set apart: no text of others belongs there. */
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
