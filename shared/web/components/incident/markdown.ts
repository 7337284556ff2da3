/** Markdown of users as HTML. Loaded by the first text that has some: see markup.tsx. */
import markdownIt from "markdown-it";

/** HTML is shown as text. Images would be requests to other hosts, and headings would be those of the page. */
const parser = markdownIt({ html: false, linkify: true, breaks: true, maxNesting: 20 }).disable([
  "image",
  "lheading",
  "reference",
  "table",
]);
parser.validateLink = (url) => /^https?:\/\//i.test(url);
const { rules } = parser.renderer;
rules.link_open = (tokens, index, options, _, self) => {
  tokens[index]?.attrSet("rel", "noopener nofollow");
  return self.renderToken(tokens, index, options);
};
rules.heading_open = () => "<p><strong>";
rules.heading_close = () => "</strong></p>\n";

export function renderMarkdown(text: string): string {
  return parser.render(text);
}
