import type { Child } from "hono/jsx";
import { formatInstant } from "../../domain/time.ts";
import { Clock, TimeZone } from "../components/time.tsx";
import { DownloadLinks } from "./downloads/download-links.tsx";
import type { PageName } from "./routes.ts";
import { IconSprite } from "./shell/icon.tsx";
import { Rail } from "./shell/rail.tsx";
import { SearchDialog } from "./shell/search.tsx";
import { Shortcuts } from "./shell/shortcuts.tsx";
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
  /** Names of tables that can be downloaded. */
  readonly downloads?: readonly string[];
  /** Parameters of the address that the page does not have. */
  readonly ignored?: readonly string[];
  /** Omits script and navigation: the page works without a session. */
  readonly standalone?: boolean;
}

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
        <body data-timezone={viewer.timezone}>
          <a class="skip" href="#main">
            Skip to content
          </a>
          <IconSprite />
          <Rail page={page} here={here ?? "/"} viewer={viewer} />
          <p id="stale" class="notice trouble" role="alert" hidden />
          <Main {...frame} />
          <SearchDialog />
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
  // For forms that another response has removed: they do not inherit the extension that morphs.
  defaultSwapStyle: "outerHTML",
  timeout: 8_000,
});

function Main({ content, downloads = [], ignored = [], viewer, here, now, everySeconds, flash }: Frame) {
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
      <IgnoredParameters names={ignored} />
      <TimeZone.Provider value={viewer.timezone ?? "UTC"}>{content}</TimeZone.Provider>
      <DownloadLinks names={downloads} here={here ?? "/"} without={ignored} />
      {everySeconds !== undefined && (
        <p class="as-of quiet">
          As of{" "}
          <TimeZone.Provider value={viewer.timezone ?? "UTC"}>
            <Clock at={now} />
          </TimeZone.Provider>
          <noscript>
            {" "}
            · <a href={here}>Reload</a>
          </noscript>
        </p>
      )}
    </main>
  );
}

/** Names and their lengths that the notice shows at most. */
const shownNames = 5;
const shownLength = 60;

/** Warns that a filter in the address has no effect. */
function IgnoredParameters({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <p class="notice trouble">
      This page has no {names.length === 1 ? "parameter" : "parameters"}{" "}
      {names.slice(0, shownNames).map((name, at) => (
        <>
          {at > 0 && ", "}
          <code>
            <bdi>{name.slice(0, shownLength)}</bdi>
          </code>
        </>
      ))}
      {names.length > shownNames && ", …"}. {names.length === 1 ? "It was" : "They were"} ignored.
    </p>
  );
}
