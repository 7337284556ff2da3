import * as z from "zod";
import { id, text } from "../../../contracts/fields.ts";
import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import { labelPrefix, type Matcher } from "../../../domain/alerts/matcher.ts";
import { limits } from "../../../domain/limits.ts";
import type { AlertStore } from "../../../use-cases/ports/alerts.ts";
import { formatMatcher } from "../../components/matchers.ts";
import { page } from "../../site/page.ts";
import { type PreviewSilence, previewOf } from "./preview.ts";
import { NewSilenceView } from "./view.tsx";

interface UseCases {
  readonly findAlert: AlertStore["find"];
  readonly readLatestAlerts: PreviewSilence;
}

/** `alert` or `service` prefills the matchers. */
const query = z.object({ alert: id.optional(), service: text(1, limits.serviceLength).optional() });

export const newSilencePage = page(
  { scope: "write", query },
  async ({ query: { alert: alertId, service }, ...viewing }, { findAlert, readLatestAlerts }: UseCases) => {
    const alert = alertId === undefined ? undefined : await findAlert(alertId);
    const matchers = alert ? similarTo(alert) : service === undefined ? [] : [equals("service", service)];
    return {
      title: "New silence",
      content: (
        <NewSilenceView
          {...viewing}
          matchers={matchers.map(formatMatcher).join("\n")}
          preview={matchers.length > 0 ? await previewOf(readLatestAlerts, matchers) : null}
        />
      ),
    };
  },
);

const equals = (field: string, value: string): Matcher => ({ field, op: "=", value });

/** Returns matchers for alerts of the same service with the same labels. */
function similarTo({ service, labels }: RecordedAlert): readonly Matcher[] {
  const ofLabels = Object.entries(labels).map(([name, value]) => equals(labelPrefix + name, String(value)));
  return [equals("service", service), ...ofLabels].slice(0, limits.matchersPerRule);
}
