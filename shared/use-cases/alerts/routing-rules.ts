import type { Routing, RoutingRule } from "../../domain/alerts/routing.ts";
import { StaleVersion } from "../../domain/errors.ts";
import type { RuleStore } from "../ports/alerts.ts";
import { retryStale } from "../retry-stale.ts";

/**
 * Puts an ordered list of rules in the place of that in force.
 *
 * @param version that of the list that the caller has seen; null: whatever it is
 * @throws StaleVersion when it is another by now
 */
export function putRoutingRules(
  { ruleStore }: { readonly ruleStore: RuleStore },
  rules: readonly RoutingRule[],
  version: number | null,
  now: number,
): Promise<Routing> {
  const put = async (): Promise<Routing> => {
    const { current: superseded } = await ruleStore.findRouting();
    if (version !== null && version !== superseded.version)
      throw new StaleVersion(`The routing rules are at version ${superseded.version}, not ${version}`);
    const current = { rules, inForceFrom: now, version: superseded.version + 1 };
    await ruleStore.putRouting({ current, superseded });
    return current;
  };
  return version === null ? retryStale(put) : put();
}
