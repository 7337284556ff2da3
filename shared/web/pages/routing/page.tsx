import * as z from "zod";
import { id } from "../../../contracts/fields.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import type { AlertStore, RuleStore } from "../../../use-cases/ports/alerts.ts";
import { formatMatcher } from "../../components/alerts/matchers.ts";
import { omittedText, receivedLike } from "../../components/alerts/similar-alerts.ts";
import { isolate } from "../../components/isolate.ts";
import { allRows, downloadOf } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { routingColumns } from "./columns.ts";
import { formOfRules, withNewRule } from "./form.ts";
import { RoutingView } from "./view.tsx";

interface UseCases {
  readonly findRouting: RuleStore["findRouting"];
  readonly findAlert: AlertStore["find"];
  readonly recentAlertingCounts: Cached<AlertingCounts>;
}

/** `alert` opens a new rule for alerts like it. */
export const routingPage = page(
  { query: z.object({ alert: id.optional() }) },
  async ({ query: { alert: alertId }, ...viewing }, useCases: UseCases) => {
    const [{ current }, alert, { value: counts }] = await Promise.all([
      useCases.findRouting(),
      alertId === undefined ? undefined : useCases.findAlert(alertId),
      useCases.recentAlertingCounts(viewing.now),
    ]);
    const stored = formOfRules(current.rules);
    const similar = alert && receivedLike(alert);
    const matchers = similar?.matchers.map(formatMatcher).join("\n") ?? "";
    return {
      title: "Routing rules",
      isEmpty: current.rules.length === 0,
      content: (
        <RoutingView
          {...viewing}
          counts={{ ...counts, routing: current.rules.length }}
          form={
            similar && viewing.viewer.may("manage", { team: null })
              ? withNewRule(stored, { matchers })
              : stored
          }
          stored={current}
          version={current.version}
          notice={
            alertId !== undefined && !alert
              ? `Alert ${isolate(alertId)} was not found.`
              : similar && omittedText(similar)
          }
        />
      ),
    };
  },
  {
    "routing-rules": async (_, { findRouting }) =>
      downloadOf(routingColumns, allRows((await findRouting()).current.rules)),
  },
);
