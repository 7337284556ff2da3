import type { Child } from "hono/jsx";
import { formatInstant } from "../../domain/time.ts";
import { ActionForm } from "../components/forms/action-form.tsx";
import { TextField } from "../components/forms/fields.tsx";
import { type PageName, pageHref } from "./routes.ts";
import type { Viewer } from "./viewer.ts";

/** URLs of the files that pages load. */
export interface AssetUrls {
  readonly stylesheet: string;
  readonly script: string;
  /** A data URL, which saves a request. */
  readonly icon: string;
  readonly drawnIcon: string;
  readonly touchIcon: string;
  readonly largeIcon: string;
  readonly manifest: string;
}

interface Frame {
  /** Window title. Contains no text of users, whose direction could not be isolated there. */
  readonly title: string;
  readonly content: Child;
  readonly assets: AssetUrls | undefined;
  readonly viewer: Viewer;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly page?: PageName;
  /** Path and query of the page; absent where a reload would not help. */
  readonly here?: string;
  /** Refresh interval of an open page. */
  readonly everySeconds?: number;
  readonly flash?: { readonly kind: "done" | "trouble"; readonly text: string } | null;
  /** Renders only the content, for a page that is open. */
  readonly fragment?: boolean;
  /** Omits script and navigation: the page works without a session. */
  readonly standalone?: boolean;
}

/** Sections of the navigation, in order. */
const sections: readonly {
  readonly page: PageName;
  readonly name: string;
  readonly parts: readonly PageName[];
}[] = [
  { page: "home", name: "Home", parts: [] },
  { page: "incidents", name: "Incidents", parts: ["incident", "new-incident"] },
  { page: "alerts", name: "Alerts", parts: ["alert", "silences", "new-silence"] },
  {
    page: "on-call",
    name: "On-call",
    parts: ["team-on-call", "simulate", "new-schedule", "edit-schedule", "edit-policy"],
  },
  { page: "services", name: "Services", parts: [] },
  { page: "reports", name: "Insights", parts: [] },
  {
    page: "settings",
    name: "Settings",
    parts: [
      "integrations",
      "team-channels",
      "webhooks",
      "webhook",
      "users",
      "user",
      "api-keys",
      "audit",
      "notifications",
      "notification",
    ],
  },
];

/** Renders a whole page, or only its content. */
export function frame(frame: Frame): string {
  const { title, assets, viewer, page, here, fragment, standalone = false } = frame;
  if (fragment) {
    return `${<title>{`${title} · Incidents`}</title>}${<Main {...frame} />}`;
  }
  const html = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · Incidents`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f6f7f9" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#101318" media="(prefers-color-scheme: dark)" />
        <meta name="robots" content="noindex" />
        {!standalone && <meta name="htmx-config" content={htmxConfig} />}
        {assets && (
          <>
            <link rel="stylesheet" href={assets.stylesheet} />
            <link rel="icon" type="image/svg+xml" href={assets.icon} />
            <link rel="apple-touch-icon" href={assets.touchIcon} />
            {!standalone && <link rel="manifest" href={assets.manifest} />}
            {!standalone && <script src={assets.script} defer />}
          </>
        )}
      </head>
      {standalone ? (
        <body class="standalone">
          <Main {...frame} />
        </body>
      ) : (
        <body>
          <a class="skip" href="#main">
            Skip to content
          </a>
          <header class="top">
            <nav aria-label="Main">
              {sections.map((section) => (
                <a
                  href={pageHref(section.page)}
                  aria-current={
                    section.page === page ? "page" : page && section.parts.includes(page) ? "true" : undefined
                  }
                >
                  {section.name}
                </a>
              ))}
            </nav>
            {viewer.mayWrite && (
              <a href={pageHref("new-incident")} class="declare">
                Declare incident
              </a>
            )}
            <Identity viewer={viewer} here={here ?? "/"} />
          </header>
          <p id="stale" class="notice trouble" role="alert" hidden />
          <Main {...frame} />
          <footer class="bottom">
            <p>
              <a href="/docs">API</a> <a href="/health">Health</a>
              <button type="button" class="plain needs-script" data-shortcuts aria-keyshortcuts="?">
                Keyboard shortcuts
              </button>
            </p>
          </footer>
          <Shortcuts />
        </body>
      )}
    </html>
  );
  return `<!doctype html>${html}`;
}

/** No evaluation, no inline styles and no requests to other hosts. */
const htmxConfig = JSON.stringify({
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyEnabled: false,
  defaultSwapStyle: "morph:outerHTML",
  timeout: 8_000,
});

function Main({ content, here, now, everySeconds, flash }: Frame) {
  return (
    <main
      id="main"
      tabindex={-1}
      data-now={formatInstant(now)}
      data-every={everySeconds}
      hx-ext="morph"
      hx-target="this"
      hx-swap="morph:outerHTML"
      {...(here !== undefined && { "hx-get": here, "hx-trigger": "refresh", "hx-sync": "this:drop" })}
    >
      <div id="flash" role="status">
        {flash && (
          <p class={`notice ${flash.kind}`}>
            <bdi>{flash.text}</bdi>
          </p>
        )}
      </div>
      {content}
      {everySeconds !== undefined && (
        <p class="as-of quiet">
          As of <time datetime={formatInstant(now)}>{formatInstant(now).slice(11, 19)} UTC</time>
          <noscript>
            {" "}
            · <a href={here}>Reload</a>
          </noscript>
        </p>
      )}
    </main>
  );
}

function Identity({ viewer, here }: { readonly viewer: Viewer; readonly here: string }) {
  if (viewer.identity === "anonymous") return null;
  if (viewer.identity === "key") {
    return (
      <ActionForm action="sign-out" viewing={{ viewer, here: "/" }} plain class="identity">
        <span class="who">
          <bdi>{viewer.name}</bdi>
        </span>
        <button type="submit" class="plain">
          Sign out
        </button>
      </ActionForm>
    );
  }
  return (
    <details class="identity" id="identity">
      <summary>{viewer.name === null ? "Set your name" : <bdi class="who">{viewer.name}</bdi>}</summary>
      <ActionForm action="remember-name" viewing={{ viewer, here }} plain>
        <TextField
          field={{ id: "own-name", name: "name" }}
          label="Your name or email"
          value={viewer.name ?? ""}
          hint="Your actions are recorded under this name."
          autocomplete="email"
          maxlength={255}
        />
        <button type="submit">Save name</button>
      </ActionForm>
    </details>
  );
}

const shortcuts = [
  ["j, k", "Next or previous row"],
  ["x", "Select the row"],
  ["Enter", "Open the row"],
  ["a", "Acknowledge the selected incidents, or the open one"],
  ["r", "Resolve the selected incidents, or the open one"],
  ["/", "Search"],
  ["?", "Show this list"],
] as const;

function Shortcuts() {
  return (
    <dialog id="shortcuts" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">Keyboard shortcuts</h2>
      <dl class="details">
        {shortcuts.map(([key, meaning]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </>
        ))}
      </dl>
      <form method="dialog" class="stack">
        <label class="check">
          <input type="checkbox" data-shortcuts-on checked /> Enable keyboard shortcuts
        </label>
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
