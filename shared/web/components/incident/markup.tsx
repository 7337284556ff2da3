import { raw } from "hono/html";
import type { Child } from "hono/jsx";

/** Renders a text of users, which may be Markdown. */
export type Markup = (text: string) => Child;

export const plainText: Markup = (text) => <bdi class="text">{text}</bdi>;

/** Characters of Markdown on a page. The rest is shown as it was written, because parsing takes time. */
const mostCharacters = 20_000;
/** The parser takes quadratic time for some sequences of these characters. */
const mostMarks = 1_000;

const marks = /[*_`#>~\\[\]<!]/g;
const looksLikeMarkdown = /[*_`#>~\\[\]]|https?:\/\/|^\s*(?:[-+]|\d{1,9}[.)])\s/m;

/** Returns the layout of these texts. Loads the parser only if one of them looks like Markdown. */
export async function loadMarkup(texts: readonly string[]): Promise<Markup> {
  if (!texts.some((text) => looksLikeMarkdown.test(text))) return plainText;
  const { renderMarkdown } = await import("./markdown.ts");
  let left = mostCharacters;
  return (text) => {
    if (text.length > left || !looksLikeMarkdown.test(text)) return plainText(text);
    if ((text.match(marks)?.length ?? 0) > mostMarks) return plainText(text);
    left -= text.length;
    return (
      <div class="markdown" dir="auto">
        {raw(renderMarkdown(text))}
      </div>
    );
  };
}
