import * as z from "zod";
import type { Routing, RoutingRule } from "../../../domain/alerts/routing.ts";
import { routedAgain } from "../../../domain/alerts/routing-preview.ts";
import { Invalid, StaleVersion } from "../../../domain/errors.ts";
import { count } from "../../../domain/text/count.ts";
import type { putRoutingRules } from "../../../use-cases/alerts/put-routing-rules.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import type { readLatestAlerts } from "../../../use-cases/alerts/read-latest-alerts.ts";
import type { RuleStore } from "../../../use-cases/ports/alerts.ts";
import type { AuditStore } from "../../../use-cases/ports/audit.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { latestChange } from "../../site/forms/latest-change.ts";
import { pageHref } from "../../site/routes.ts";
import type { Cached, Wired } from "../../site/use-case.ts";
import { readRoutingForm } from "./form.ts";
import { ruleLine } from "./rule-text.ts";
import { RoutingView } from "./view.tsx";

const form = z.object({ op: z.string().default("test"), version: z.coerce.number().int().min(0) });

interface UseCases {
  readonly findRouting: RuleStore["findRouting"];
  readonly putRoutingRules: Wired<typeof putRoutingRules>;
  readonly readLatestAlerts: Wired<typeof readLatestAlerts>;
  readonly listChanges: AuditStore["list"];
  readonly recentAlertingCounts: Cached<AlertingCounts>;
}

/** Changes the list of rules in the form, tests it, or saves it. Without a save, nothing is stored. */
export const editRoutingAction = action(
  { right: "manage", form },
  async ({ form: { op, version }, ...sent }, useCases: UseCases) => {
    const form = readRoutingForm(sent.fields, op);
    if (!form) throw new Invalid([{ path: "rules", message: "are not valid. Reload the page" }]);
    const { rules, faults } = form;
    const isDone = form.open === null && faults.length === 0;
    const saved = op === "save" && isDone ? await save(useCases, rules, version, sent.now) : null;
    if (saved === "saved") {
      const text = `Saved ${count(rules.length, "routing rule")}. They apply to alerts received from now on.`;
      return { to: pageHref("routing"), flash: done(text) };
    }
    const [{ current }, { value: counts }] = await Promise.all([
      useCases.findRouting(),
      useCases.recentAlertingCounts(sent.now),
    ]);
    const conflict = saved === "conflict" ? await conflictOf(useCases, current, rules) : null;
    return {
      page: "routing",
      title: "Routing rules",
      status: conflict ? 409 : faults.length > 0 ? 422 : 200,
      content: (
        <RoutingView
          {...sent}
          counts={{ ...counts, routing: current.rules.length }}
          form={form}
          stored={current}
          version={conflict ? current.version : version}
          conflict={conflict}
          tested={op === "test" && isDone ? await testRules(useCases, rules) : null}
        />
      ),
    };
  },
);

async function save(
  { putRoutingRules }: UseCases,
  rules: readonly RoutingRule[],
  version: number,
  now: number,
): Promise<"saved" | "conflict"> {
  try {
    await putRoutingRules(rules, version, now);
    return "saved";
  } catch (error) {
    if (error instanceof StaleVersion) return "conflict";
    throw error;
  }
}

/** Applies the rules to the latest alerts, as the API's preview does. */
async function testRules({ readLatestAlerts }: UseCases, rules: readonly RoutingRule[]) {
  const latest = await readLatestAlerts(rules.flatMap(({ matchers }) => matchers));
  return { latest, routed: routedAgain(latest.alerts, rules) };
}

async function conflictOf({ listChanges }: UseCases, theirs: Routing, mine: readonly RoutingRule[]) {
  const { by } = await latestChange(listChanges, "routing_rules", "routing-rules");
  return {
    by,
    at: theirs.inForceFrom,
    theirs: theirs.rules.map(ruleLine),
    mine: mine.map(ruleLine),
  };
}
