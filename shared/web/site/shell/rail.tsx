import { type PageName, pageHref, pageRoutes } from "../routes.ts";
import type { Viewer } from "../viewer.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Identity } from "./identity.tsx";
import { SearchLink } from "./search.tsx";

interface Section {
  readonly page: PageName;
  readonly name: string;
  readonly icon: IconName;
}

/** Sections of the navigation, in order. */
const sections: readonly Section[] = [
  { page: "home", name: "Home", icon: "home" },
  { page: "incidents", name: "Incidents", icon: "incidents" },
  { page: "alerts", name: "Alerts", icon: "alerts" },
  { page: "on-call", name: "On-call", icon: "on-call" },
  { page: "services", name: "Services", icon: "services" },
  { page: "reports", name: "Insights", icon: "insights" },
  { page: "settings", name: "Settings", icon: "settings" },
];

/** Sections of pages whose path is not below that of their section. */
const elsewhere: Readonly<Partial<Record<PageName, PageName>>> = {
  notifications: "settings",
  notification: "settings",
};

/** Sections that fit the bar at the bottom of a phone. The others are in its menu. */
const sectionsOnPhone = 4;

interface RailProps {
  readonly page: PageName | undefined;
  readonly here: string;
  readonly viewer: Viewer;
}

/** The navigation: a rail on the left, or a line at the top and a bar at the bottom of a small screen. */
export function Rail({ page, here, viewer }: RailProps) {
  const rest = sections.slice(sectionsOnPhone);
  return (
    <header class="rail">
      <a href={pageHref("home")} class="wordmark" aria-label="Incidents home">
        <svg viewBox="64 128 384 288" aria-hidden="true">
          <path d="M96 268h76l36-96 68 180 44-116 20 32h76" />
        </svg>
        Incidents
      </a>
      <SearchLink />
      {viewer.mayWrite && (
        <a href={pageHref("new-incident")} class="declare">
          <Icon name="plus" />
          <span>
            Declare<span class="on-wide"> incident</span>
          </span>
        </a>
      )}
      <nav aria-label="Main">
        {sections.map((section, index) => (
          <SectionLink section={section} page={page} rest={index >= sectionsOnPhone} />
        ))}
        <details class="more" id="more">
          <summary>
            <Icon name="more" />
            More
          </summary>
          <div class="menu">
            {rest.map((section) => (
              <SectionLink section={section} page={page} />
            ))}
            <a href="/docs">API</a>
            <a href="/health">Health</a>
          </div>
        </details>
      </nav>
      <div class="rail-end">
        <p class="help">
          <a href="/docs">API</a> <a href="/health">Health</a>{" "}
          <button type="button" class="plain needs-script" data-shortcuts aria-keyshortcuts="?">
            Keyboard shortcuts
          </button>
        </p>
        <Identity viewer={viewer} here={here} />
      </div>
    </header>
  );
}

/** @param rest the link is in the menu of a small screen, and beside the others on a large one */
function SectionLink({
  section: { page: to, name, icon },
  page,
  rest,
}: {
  readonly section: Section;
  readonly page: PageName | undefined;
  readonly rest?: boolean;
}) {
  const current = to === page ? "page" : page && isPartOf(page, to) ? "true" : undefined;
  return (
    <a href={pageHref(to)} class={rest ? "rest" : undefined} aria-current={current}>
      <Icon name={icon} />
      {name}
    </a>
  );
}

function isPartOf(page: PageName, section: PageName): boolean {
  return elsewhere[page] === section || pageRoutes[page].startsWith(`${pageRoutes[section]}/`);
}
