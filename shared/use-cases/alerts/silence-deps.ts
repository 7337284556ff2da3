import type { RuleStore } from "../ports/alerts.ts";

export interface SilenceDeps {
  readonly ruleStore: RuleStore;
}
