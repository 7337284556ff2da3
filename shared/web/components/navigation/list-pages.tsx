import { type PageName, pageHref } from "../../site/routes.ts";
import { PagesNav } from "./pages-nav.tsx";

/** Links to other pages of a list, with the same filter. */
export function ListPages({
  page,
  filter = {},
  first,
  next,
}: {
  readonly page: PageName;
  readonly filter?: Readonly<Record<string, string | undefined>>;
  /** True on the page with the newest. */
  readonly first: boolean;
  /** Cursor of the next page. */
  readonly next: string | null;
}) {
  const given = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const values: Record<string, string> = Object.fromEntries(given);
  return (
    <PagesNav
      newest={first ? null : pageHref(page, values)}
      older={next && pageHref(page, { ...values, cursor: next })}
    />
  );
}
