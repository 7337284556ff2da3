import type { Matcher } from "../../../domain/alerts/matcher.ts";
import { formatMatcher } from "./matchers.ts";

/** Matchers of a silence or a rule, all of which must match. */
export function MatcherList({ matchers }: { readonly matchers: readonly Matcher[] }) {
  return (
    <ul class="matchers">
      {matchers.map((matcher) => (
        <li>
          <code>
            <bdi>{formatMatcher(matcher)}</bdi>
          </code>
        </li>
      ))}
    </ul>
  );
}
