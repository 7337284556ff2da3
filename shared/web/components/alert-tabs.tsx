import { type PageName, pageHref } from "../site/routes.ts";

const tabs: readonly { readonly page: PageName; readonly name: string }[] = [
  { page: "alerts", name: "Alerts" },
  { page: "silences", name: "Silences" },
];

/** Pages about alerts. */
export function AlertTabs({ page }: { readonly page: PageName }) {
  return (
    <nav class="tabs" aria-label="Alerts">
      {tabs.map(({ page: tab, name }) => (
        <a href={pageHref(tab)} aria-current={tab === page ? "page" : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}
