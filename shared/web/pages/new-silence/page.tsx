import * as z from "zod";
import { id, text } from "../../../contracts/fields.ts";
import { limits } from "../../../domain/limits.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import type { AlertStore } from "../../../use-cases/ports/alerts.ts";
import { formatMatcher } from "../../components/alerts/matchers.ts";
import { matcherOf, omittedText, similarTo } from "../../components/alerts/similar-alerts.ts";
import { isolate } from "../../components/isolate.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { previewOf, type ReadMatchingAlerts } from "./preview.ts";
import { NewSilenceView } from "./view.tsx";

interface UseCases {
  readonly findAlert: AlertStore["find"];
  readonly readMatchingAlerts: ReadMatchingAlerts;
  readonly recentAlertingCounts: Cached<AlertingCounts>;
}

/** `alert` or `service` prefills the matchers. */
const query = z.object({ alert: id.optional(), service: text(1, limits.serviceLength).optional() });

export const newSilencePage = page(
  { right: "manage", query },
  async ({ query: { alert: alertId, service }, ...viewing }, useCases: UseCases) => {
    const { findAlert, readMatchingAlerts, recentAlertingCounts } = useCases;
    const alert = alertId === undefined ? undefined : await findAlert(alertId);
    const similar = alert && similarTo(alert);
    const matchers = similar?.matchers ?? (service === undefined ? [] : [matcherOf("service", service)]);
    const [{ value: counts }, preview] = await Promise.all([
      recentAlertingCounts(viewing.now),
      matchers.length > 0 ? previewOf(readMatchingAlerts, { matchers }, viewing.now) : null,
    ]);
    return {
      title: "New silence",
      content: (
        <NewSilenceView
          {...viewing}
          counts={counts}
          values={{ matchers: matchers.map(formatMatcher).join("\n") }}
          notice={
            alertId !== undefined && !similar
              ? `Alert ${isolate(alertId)} was not found. Enter the matchers yourself.`
              : similar && omittedText(similar)
          }
          preview={preview}
        />
      ),
    };
  },
);
