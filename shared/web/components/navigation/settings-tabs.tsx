import { type PageName, pageHref } from "../../site/routes.ts";

/** Pages of the settings. */
const tabs: readonly {
  readonly page: PageName;
  readonly name: string;
  readonly parts?: readonly PageName[];
}[] = [
  { page: "integrations", name: "Integrations", parts: ["integration"] },
  { page: "team-channels", name: "Channels" },
  { page: "webhooks", name: "Webhooks", parts: ["webhook"] },
  { page: "users", name: "Users", parts: ["user"] },
  { page: "access", name: "Access" },
  { page: "api-keys", name: "API keys" },
  { page: "audit", name: "Audit log" },
  { page: "notifications", name: "Notifications", parts: ["notification"] },
  { page: "system", name: "System", parts: ["dead-letters"] },
];

/** @param within the page shows one item of its tab */
export function SettingsTabs({
  page,
  within = false,
}: {
  readonly page: PageName;
  readonly within?: boolean;
}) {
  return (
    <nav class="tabs" aria-label="Settings">
      {tabs.map(({ page: tab, name, parts = [] }) => (
        <a
          href={pageHref(tab)}
          aria-current={
            tab === page && !within ? "page" : tab === page || parts.includes(page) ? "true" : undefined
          }
        >
          {name}
        </a>
      ))}
    </nav>
  );
}
