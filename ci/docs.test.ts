/** Language rules of the docs that can be counted, and the files that they name. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const files = globSync(["*.md", "docs/**/*.md"], { cwd: root });

/** Returns the paragraphs, list items and table cells of a document. Each code span is one word, `X`. */
function paragraphsOf(file: string): readonly string[] {
  const text = readFileSync(resolve(root, file), "utf8").replace(/^ *```[\s\S]*?^ *```/gm, "");
  return text
    .replace(/^\s*(?=[-*] |\d+\. |#)/gm, "\n")
    .split(/\n\s*\n/)
    .flatMap((block) => (/^\s*\|/.test(block) ? block.split(/[|\n]/) : [block.replace(/\s+/g, " ")]))
    .map((paragraph) =>
      paragraph
        .replace(/`[^`]*`/g, "X")
        .replace(/\[([^\]]*)\]\([^)]*\)|<[^>]+>/g, "$1")
        .trim(),
    );
}

const wordsIn = (text: string) => text.split(/\s+/).filter((word) => /\w/.test(word)).length;

test.each(files)("sentences of %s have at most 20 words", (file) => {
  const sentences = paragraphsOf(file).flatMap((paragraph) => paragraph.split(/(?<=[.!?:])[*")]*\s+/));
  expect(sentences.filter((sentence) => wordsIn(sentence) > 20)).toEqual([]);
});

test.each(files)("paragraphs of %s have at most one semicolon", (file) => {
  expect(paragraphsOf(file).filter((paragraph) => paragraph.split(";").length > 2)).toEqual([]);
});

test.each(files)(
  "%s has American spelling, email without a hyphen and percentages without a space",
  (file) => {
    const odd =
      /\be-mail|\d %|\b(?:behavio|colo|favo|hono|labo)ur|\b(?:recogn|organ|author|final|normal|summar|serial)is(?:e|ing|ation)|\bcancelled\b|\blicence\b|\bcentre\b/i;
    expect(paragraphsOf(file).filter((paragraph) => odd.test(paragraph))).toEqual([]);
  },
);

test.each(files.filter((file) => file !== "CHANGELOG.md"))("files that %s names exist", (file) => {
  const text = readFileSync(resolve(root, file), "utf8");
  const paths = text.matchAll(
    /`((?:ci|docs|functions|infra|localstack|monitoring|shared|tests)\/[^`<>* ]+)`/g,
  );
  expect([...paths].map(([, path]) => `${path}`).filter((path) => !existsSync(resolve(root, path)))).toEqual(
    [],
  );
});
