import type { Page } from "playwright-core";
import { type PageName, pageHref, pageRoutes } from "../../shared/contracts/web/routes.ts";

export interface Picture {
  /** The page's, which names the files. */
  readonly name: PageName;
  readonly path: string;
}

/** What stands in the path or query of pages that are of one thing. */
export type Examples = Readonly<Partial<Record<PageName, Readonly<Record<string, string | number>>>>>;

/** Every page that the navigation leads to, and the navigation within those; and one of each thing. */
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
    return hrefs.flatMap((href) => pictureAt(href ?? ""));
  };
  const sections = await linked("/", "nav[aria-label=Main] a");
  const found = new Map(sections.map((picture) => [picture.name, picture]));
  for (const section of sections) {
    for (const part of await linked(section.path, "main nav a")) {
      if (!found.has(part.name)) found.set(part.name, part);
    }
  }
  for (const [name, values] of Object.entries(examples) as [PageName, Record<string, string | number>][]) {
    found.set(name, { name, path: pageHref(name, values) });
  }
  return [...found.values()];
}

/** The page that has this very path; none has a query to be named by. */
function pictureAt(path: string): Picture[] {
  return (Object.entries(pageRoutes) as [PageName, string][]).flatMap(([name, route]) =>
    route === path ? [{ name, path }] : [],
  );
}
