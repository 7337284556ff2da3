import type { Page } from "playwright-core";
import { placeholdersOf } from "../../shared/contracts/path-template.ts";
import { type PageName, pageHref, pageRoutes } from "../../shared/web/site/routes.ts";

export interface Picture {
  /** Name of the page and its files. */
  readonly name: PageName;
  readonly path: string;
}

/** Example values for path placeholders. */
export interface Examples {
  /** Values by placeholder name, for all pages: `{team}`. */
  readonly named: Readonly<Record<string, string>>;
  /** Values for a single page, for ambiguous placeholders such as `{id}`. */
  readonly of: Readonly<Partial<Record<PageName, Readonly<Record<string, string | number>>>>>;
}

/** Returns the pages of the navigation, its subpages, and the pages of one team or user. */
export async function picturesOf(
  page: Page,
  baseUrl: string,
  examples: Examples,
): Promise<readonly Picture[]> {
  const linked = async (path: string, selector: string) => {
    await page.goto(baseUrl + path);
    const hrefs = await page
      .locator(selector)
      .evaluateAll((links) => links.map((a) => a.getAttribute("href")));
    return routes.flatMap(([name, route]) => (hrefs.includes(route) ? [{ name, path: route }] : []));
  };
  const sections = await linked("/", "nav[aria-label=Main] a");
  const found = new Map(sections.map((picture) => [picture.name, picture]));
  for (const section of sections) {
    for (const part of await linked(section.path, "main nav a")) found.set(part.name, part);
  }
  for (const [name, route] of routes) {
    const values = examples.of[name] ?? examples.named;
    const placeholders = placeholdersOf(route);
    if (placeholders.length > 0 && placeholders.every((placeholder) => placeholder in values)) {
      const own = Object.fromEntries(
        placeholders.map((placeholder) => [placeholder, values[placeholder] ?? ""]),
      );
      found.set(name, { name, path: pageHref(name, own) });
    }
  }
  return [...found.values()];
}

const routes = Object.entries(pageRoutes) as [PageName, string][];
