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

/** Returns a distinct name for each link: its text, with the host, the path or a number if others have the same. */
export function linkNames(links: readonly Link[]): string[] {
  const urls = links.map(({ href }) => URL.parse(href));
  const texts = links.map(({ text }) => text);
  const withHosts = distinct(texts, (at) => urls[at]?.host);
  const withPaths = distinct(withHosts, (at) => urls[at] && urls[at].host + urls[at].pathname, texts);
  return withPaths.map((name, at) => {
    const before = withPaths.slice(0, at).filter((each) => each === name).length;
    return before === 0 ? name : `${name} ${before + 1}`;
  });
}

/** Adds to each name that occurs several times what tells it from the others. */
function distinct(
  names: readonly string[],
  detail: (at: number) => string | null | undefined,
  texts = names,
): string[] {
  return names.map((name, at) =>
    names.filter((each) => each === name).length === 1 ? name : `${texts[at]} (${detail(at)})`,
  );
}
