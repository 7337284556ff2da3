import { type PageName, pageHref } from "../../site/routes.ts";
import type { Viewer } from "../../site/viewer.ts";

const tabs: readonly { readonly page: PageName; readonly name: string }[] = [
  { page: "on-call", name: "Now" },
  { page: "on-call-calendar", name: "Calendar" },
  { page: "readiness", name: "Readiness" },
  { page: "simulate", name: "Escalation simulation" },
];

/** Pages about all teams. */
export function OnCallTabs({ page, viewer }: { readonly page: PageName; readonly viewer: Viewer }) {
  return (
    <nav class="tabs" aria-label="On-call">
      {tabs.map(({ page: tab, name }) => (
        <a href={pageHref(tab)} aria-current={tab === page ? "page" : undefined}>
          {name}
        </a>
      ))}
      {viewer.may("manage") && <a href={pageHref("new-schedule")}>New schedule</a>}
    </nav>
  );
}
