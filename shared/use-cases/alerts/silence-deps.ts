import type { Matcher } from "../../domain/alerts/matcher.ts";
import { serviceSilenced } from "../../domain/alerts/silence.ts";
import { type OwnedDeps, subjectOfService } from "../oncall/services/subject-of-service.ts";
import type { RuleStore } from "../ports/alerts.ts";

export interface SilenceDeps {
  readonly ruleStore: RuleStore;
}

/** Dependencies of changes to silences. */
export interface ChangeSilenceDeps extends SilenceDeps, OwnedDeps {}

/** Requires the right to change a silence. One without a single service belongs to no team. @throws AccessDenied */
export function authorizeSilence(
  deps: OwnedDeps,
  { matchers }: { readonly matchers: readonly Matcher[] },
): Promise<void> {
  const service = serviceSilenced(matchers);
  return deps.authorize(service === undefined ? { team: null } : subjectOfService(deps, service));
}
