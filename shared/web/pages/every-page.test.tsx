import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pages, shown } from "../../../tests/support/functions/page-examples.tsx";
import { unknownParameters } from "../../http/request/query.ts";
import { bindPages } from "../site/bind.ts";
import { frame } from "../site/frame.tsx";
import { pageAt } from "../site/render-page.ts";
import type { UseCasesOf } from "../site/use-case.ts";
import { pages as sitePages } from "./all-pages.ts";

/** Only their parameters are read here. */
const boundPages = bindPages(sitePages, async () => ({}) as UseCasesOf<typeof sitePages>);

test("every view has an example", () => {
  const examples = readFileSync("tests/support/functions/page-examples.tsx", "utf8");
  const views = globSync("*/{view,teams-view}.tsx", { cwd: import.meta.dirname }).filter(
    (view) => view !== "link/view.tsx",
  );
  expect(views.length).toBeGreaterThan(20);
  expect(views.filter((view) => !examples.includes(`/pages/${view}"`))).toEqual([]);
});

/** Returns true for a name of the examples' users. Theirs are all the same. */
const isGivenByUsers = (name: string) => name.includes("&lt;script&gt;");

describe("every page", () => {
  test.each(pages)("(%s) escapes user-supplied text", (_, html) => {
    expect(html.match(/<script/g)).toHaveLength(1);
    // Titles inside a drawing name its parts.
    expect(html.replaceAll(/<svg.*?<\/svg>/gs, "").match(/<\/title>/g)).toHaveLength(1);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test.each(pages)("(%s) isolates the direction of user-supplied text", (_, html) => {
    // Excludes attributes, code, fields and Markdown, whose blocks contain no text of the platform.
    const laidOut = html
      .replace(/<div class="markdown".*?<\/div>/gs, "")
      .replace(/<(bdi|code|textarea)\b[^>]*>[^<]*<\/\1>|\u2068[^<]*?\u2069/g, "")
      .replace(/<[^>]*>/g, "");
    expect(laidOut).not.toContain("\u202E");
  });

  test.each(pages)("(%s) runs and styles nothing inline", (_, html) => {
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
  });

  test.each(pages)("(%s) has one h1 and a language", (_, html) => {
    expect(html).toMatch(/^<!doctype html><html lang="en">/);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  test.each(pages)("(%s) has no id twice, and a label for each field", (_, html) => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const fields = [...html.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => !/type="(hidden|checkbox)"/.test(tag));
    for (const field of fields) expect(html).toContain(`for="${/\sid="([^"]+)"/.exec(field)?.[1]}"`);
  });

  test.each(pages)("(%s) has a form token in each form", (_, html) => {
    const forms = [...html.matchAll(/<form method="post".*?<\/form>/gs)].map(([form]) => form);
    expect(forms.length).toBeGreaterThan(0);
    for (const form of forms) expect(form).toContain('name="form_token" value="token"');
  });

  test.each(pages)("(%s) links and filters pages by parameters that they have", async (_, html) => {
    const links = [...html.matchAll(/\shref="(\/[^"]*)"/g)].map(([, href = ""]) =>
      href.replaceAll("&amp;", "&"),
    );
    const filters = [...html.matchAll(/<form method="get" action="([^"]*)".*?<\/form>/gs)].map(
      ([form, action]) =>
        `${action}?${[...form.matchAll(/\sname="([^"]+)"/g)].map(([, name]) => `${name}=x`).join("&")}`,
    );
    for (const href of new Set([...links, ...filters])) {
      const target = await pageAt(boundPages, href);
      const given = [...(target?.url.searchParams ?? [])].filter(
        ([name, value]) => name !== "csv" && value !== "",
      );
      expect([href, unknownParameters(target?.page.query, given)]).toEqual([href, []]);
    }
  });

  test.each(pages)("(%s) has one target for links of the same name", (_, html) => {
    const targets = new Map<string, Set<string>>();
    for (const [, attributes = "", content = ""] of html.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gs)) {
      const href = /\shref="([^"]*)"/.exec(attributes)?.[1] ?? "";
      const label = /\saria-label="([^"]*)"/.exec(attributes)?.[1];
      const name = (label ?? content.replaceAll(/<[^>]*>/g, "")).replaceAll(/\s+/g, " ").trim();
      targets.set(name, (targets.get(name) ?? new Set()).add(href));
    }
    const shared = [...targets].filter(([name, hrefs]) => hrefs.size > 1 && !isGivenByUsers(name));
    expect(shared.map(([name, hrefs]) => [name, ...hrefs])).toEqual([]);
  });

  test.each(pages)("(%s) contains only its content as a fragment", (_, __, content) => {
    const html = frame({ ...shown, content, fragment: true });
    expect(html).toMatch(/^<title>A page · Incidents<\/title><main id="main"/);
    expect(html).not.toContain('<nav aria-label="Main"');
  });
});
