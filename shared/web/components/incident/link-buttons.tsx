import type { Link } from "../../../domain/link.ts";

/** Buttons that open a runbook, a dashboard or another page about an incident or a service. */
export function LinkButtons({ links = [] }: { readonly links: readonly Link[] | undefined }) {
  if (links.length === 0) return null;
  return (
    <ul class="incident-links" aria-label="Links">
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
