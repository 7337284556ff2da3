import type { Link } from "../../../domain/link.ts";

/** Buttons that open a runbook, a dashboard or another page about an incident or a service. */
export function LinkButtons({ links = [] }: { readonly links: readonly Link[] | undefined }) {
  if (links.length === 0) return null;
  const names = linkNames(links);
  return (
    <ul class="incident-links" aria-label="Links">
      {links.map(({ href }, at) => (
        <li>
          <a href={href} class="link-button" rel="noopener noreferrer nofollow" target="_blank" title={href}>
            <bdi>{names[at]}</bdi> <span aria-hidden="true">↗</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Returns a distinct name for each link: its text, with the host, path and a number if others have the same. */
export function linkNames(links: readonly Link[]): string[] {
  const withPaths = links.map(({ text, href }) => {
    const isUnique = links.filter((link) => link.text === text).length === 1;
    return isUnique ? text : `${text} (${href.replace(/^\w+:\/\/|[?#].*/g, "")})`;
  });
  return withPaths.map((name, at) => {
    const before = withPaths.slice(0, at).filter((each) => each === name).length;
    return before === 0 ? name : `${name} ${before + 1}`;
  });
}
