import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const documents = globSync(["*.md", "docs/*.md", "docs/adr/*.md"], { cwd: root });

/** Returns the text outside code blocks and inline code. */
const proseOf = (markdown: string): string =>
  markdown.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");

/** Returns the relative targets of links and images. */
function linksIn(markdown: string): string[] {
  const [links, attributes] = [/\]\(([^)\s]+)\)/g, /\b(?:src|href)="([^"]+)"/g];
  return [links, attributes]
    .flatMap((pattern) => [...proseOf(markdown).matchAll(pattern)].map(([, target = ""]) => target))
    .filter((target) => !/^[a-z]+:/.test(target));
}

/** Returns the anchors of all headings, as GitHub generates them. */
function anchorsIn(markdown: string): Set<string> {
  const seen = new Map<string, number>();
  const headings = markdown.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#{1,6} (.+)$/gm);
  return new Set(
    [...headings].map(([, heading = ""]) => {
      const slug = heading
        .toLowerCase()
        .replace(/\]\([^)]*\)/g, "")
        .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
        .replaceAll(" ", "-");
      const repeats = seen.get(slug) ?? 0;
      seen.set(slug, repeats + 1);
      return repeats === 0 ? slug : `${slug}-${repeats}`;
    }),
  );
}

/** Returns the links of a document that lead to no file or no heading. */
function brokenIn(document: string, markdown: string): string[] {
  return linksIn(markdown).filter((target) => {
    const [path = "", anchor] = target.split("#");
    const file = path === "" ? resolve(root, document) : resolve(root, dirname(document), path);
    if (relative(root, file).startsWith("..") || !existsSync(file)) return true;
    return anchor !== undefined && !anchorsIn(readFileSync(file, "utf8")).has(anchor);
  });
}

describe("the relative links", () => {
  test.each(documents)("of %s lead to a file and a heading", (document) => {
    expect(brokenIn(document, readFileSync(resolve(root, document), "utf8"))).toEqual([]);
  });

  test("are reported when the file or the heading is missing", () => {
    const markdown =
      "[a](on-call.md) [b](on-call.md#nothing) [c](nothing.md) [d](../LICENSE) `[e](code.md)` [f](https://example.com/x.md)";
    expect(brokenIn("docs/alerts.md", markdown)).toEqual(["on-call.md#nothing", "nothing.md"]);
  });
});
