import { describe, expect, test, vi } from "vitest";
import { loadMarkup } from "./markup.tsx";

const laidOut = async (text: string) => String((await loadMarkup([text]))(text));

describe("Markdown", () => {
  test("has emphasis, lists, code and links, which tell the other host nothing", async () => {
    const html = await laidOut("**rolled back**, see https://example.com/a?b=1&c=2\n\n- `kubectl`\n- next");
    expect(html).toContain("<strong>rolled back</strong>");
    expect(html).toContain(
      '<a href="https://example.com/a?b=1&amp;c=2" rel="noopener nofollow">https://example.com/a?b=1&amp;c=2</a>',
    );
    expect(html).toContain("<li><code>kubectl</code></li>");
  });

  test("keeps lines as they were written, and has no headings of the page", async () => {
    const html = await laidOut("# Cause\nfirst line\nsecond *line*");
    expect(html).toContain("<p><strong>Cause</strong></p>");
    expect(html).toContain("first line<br>\nsecond");
    expect(html).not.toMatch(/<h\d/);
  });

  test.each([
    ["HTML", "*a* <script>alert(1)</script><img src=x onerror=alert(1)>"],
    ["an image", "![x](https://evil.example/pixel.png) ![x][1]\n\n[1]: https://evil.example/pixel.png"],
    ["a script", "[x](javascript:alert(1)) [y](data:text/html,x) <javascript:alert(1)> [z](vbscript:x)"],
    [
      "an escape from an attribute",
      '[x](https://example.com/"onmouseover="alert(1)) [y](https://a "t\\" on=x")',
    ],
    ["a relative address", "[x](/incidents/respond) [y](//evil.example) <mailto:a@example.com>"],
  ])("runs and loads nothing, given %s", async (_, text) => {
    const html = await laidOut(text);
    expect(html).not.toMatch(/<(script|img|iframe|style|input|form)/);
    expect(html).not.toMatch(/<[^>]*\s(src|on\w+|style)=(?![^<]*<\/a>)/);
    const links = [...html.matchAll(/<a\b[^>]*>/g)].map(([tag]) => tag);
    for (const link of links)
      expect(link).toMatch(/^<a href="https?:\/\/[^"]*"( title="[^"]*")? rel="noopener nofollow">$/);
  });
});

describe("a text without Markdown", () => {
  test("is shown as it is, without the parser", async () => {
    vi.doMock("./markdown.ts", () => {
      throw new Error("loaded");
    });
    vi.resetModules();
    const { loadMarkup } = await import("./markup.tsx");
    const texts = ["rolled back, 5% left (a - b)", "שלום 🎉 <3", ""];
    const markup = await loadMarkup(texts.slice(0, 1));
    expect(String(markup(texts[0] ?? ""))).toBe('<bdi class="text">rolled back, 5% left (a - b)</bdi>');
    vi.doUnmock("./markdown.ts");
  });

  test("is one that would take long: too much for a page, or too many marks", async () => {
    const long = `*a* ${"word ".repeat(1_999)}`;
    const markup = await loadMarkup([long]);
    const shown = Array.from({ length: 3 }, () => String(markup(long)).slice(0, 20));
    expect(shown).toEqual(
      ['<div class="markdown"', '<div class="markdown"', '<bdi class="text">*a'].map((text) =>
        text.slice(0, 20),
      ),
    );
    const brackets = "[".repeat(10_000);
    expect(String((await loadMarkup([brackets]))(brackets))).toContain("<bdi");
  });
});
