import type { Right } from "../../../domain/access/rights.ts";
import { type PageName, pageHref } from "../../site/routes.ts";
import type { Viewer } from "../../site/viewer.ts";

/** Pages of the settings. */
const tabs: readonly {
  readonly page: PageName;
  readonly name: string;
  readonly parts?: readonly PageName[];
  /** Right that the page requires. Default: read. */
  readonly right?: Right;
}[] = [
  { page: "integrations", name: "Integrations", parts: ["integration"] },
  { page: "team-channels", name: "Channels" },
  { page: "webhooks", name: "Webhooks", parts: ["webhook"] },
  { page: "users", name: "Users", parts: ["user"] },
  { page: "access", name: "Access" },
  { page: "api-keys", name: "API keys", right: "administer" },
  { page: "audit", name: "Audit log", right: "administer" },
  { page: "notifications", name: "Notifications", parts: ["notification"] },
  { page: "system", name: "System", parts: ["dead-letters"] },
];

/**
 * Tabs of the pages that the viewer may open.
 *
 * @param within the page shows one item of its tab
 */
export function SettingsTabs({
  page,
  viewer,
  within = false,
}: {
  readonly page: PageName;
  readonly viewer: Viewer;
  readonly within?: boolean;
}) {
  const permitted = tabs.filter(({ right = "read" }) => viewer.may(right));
  return (
    <nav class="tabs" aria-label="Settings">
      {permitted.map(({ page: tab, name, parts = [] }) => (
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
