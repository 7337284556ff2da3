import type { Change } from "../../../domain/incidents/change.ts";
import { isWebAddress } from "../../../domain/link.ts";
import { Ago } from "../time.tsx";

interface ServiceChangesProps {
  /** Newest first. */
  readonly changes: readonly Change[];
  readonly now: number;
}

/** Recent changes to the service of an incident, such as deployments: the first suspects. */
export function ServiceChanges({ changes, now }: ServiceChangesProps) {
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">
        Recent changes <span class="count">{changes.length}</span>
      </h2>
      <ul class="spread-list">
        {changes.map(({ summary, source, at, links }) => (
          <li>
            <span>
              <bdi>{summary}</bdi> {source !== null && <bdi class="quiet">{source}</bdi>}
              {links
                .filter(({ href }) => isWebAddress(href))
                .map(({ href, text }) => (
                  <>
                    {" "}
                    <a href={href} rel="noopener noreferrer nofollow" target="_blank" title={href}>
                      <bdi>{text ?? "Details"}</bdi> <span aria-hidden="true">↗</span>
                    </a>
                  </>
                ))}
            </span>
            <span class="quiet">
              <Ago at={at} now={now} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
