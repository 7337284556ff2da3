import type { AlertLink } from "../../../domain/alerts/alert-links.ts";

/** Buttons that open a runbook, a dashboard or another page about the alerts of an incident. */
export function AlertLinkButtons({ links }: { readonly links: readonly AlertLink[] }) {
  if (links.length === 0) return null;
  return (
    <ul class="alert-links" aria-label="Links">
      {links.map(({ text, href }) => (
        <li>
          <a href={href} class="link-button" rel="noopener noreferrer nofollow" target="_blank" title={href}>
            <bdi>{text}</bdi> <span aria-hidden="true">↗</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
