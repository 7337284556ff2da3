import { type PageName, pageHref } from "../site/routes.ts";

const tabs: readonly { readonly page: PageName; readonly name: string }[] = [
  { page: "on-call", name: "Now" },
  { page: "on-call-calendar", name: "Calendar" },
  { page: "readiness", name: "Readiness" },
  { page: "simulate", name: "Escalation simulation" },
];

/** Pages about all teams. */
export function OnCallTabs({ page, mayWrite }: { readonly page: PageName; readonly mayWrite: boolean }) {
  return (
    <nav class="tabs" aria-label="On-call">
      {tabs.map(({ page: tab, name }) => (
        <a href={pageHref(tab)} aria-current={tab === page ? "page" : undefined}>
          {name}
        </a>
      ))}
      {mayWrite && <a href={pageHref("new-schedule")}>New schedule</a>}
    </nav>
  );
}
