import type { Routing, RoutingRule } from "../../domain/alerts/routing.ts";
import { StaleVersion } from "../../domain/errors.ts";
import type { RuleStore } from "../ports/alerts.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

/**
 * Replaces the ordered list of rules.
 *
 * @param version version that the caller has read; null for any
 * @throws StaleVersion if the current version differs
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
    return ruleStore.putRouting({ rules, inForceFrom: now }, superseded);
  };
  return version === null ? retryOnConflict(put) : put();
}
