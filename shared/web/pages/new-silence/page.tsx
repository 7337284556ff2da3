import * as z from "zod";
import { id, text } from "../../../contracts/fields.ts";
import { limits } from "../../../domain/limits.ts";
import type { AlertStore } from "../../../use-cases/ports/alerts.ts";
import { isolate } from "../../components/isolate.ts";
import { formatMatcher } from "../../components/matchers.ts";
import { matcherOf, omittedText, similarTo } from "../../components/similar-alerts.ts";
import { page } from "../../site/page.ts";
import { previewOf, type ReadLatestAlerts } from "./preview.ts";
import { NewSilenceView } from "./view.tsx";

interface UseCases {
  readonly findAlert: AlertStore["find"];
  readonly readLatestAlerts: ReadLatestAlerts;
}

/** `alert` or `service` prefills the matchers. */
const query = z.object({ alert: id.optional(), service: text(1, limits.serviceLength).optional() });

export const newSilencePage = page(
  { scope: "write", query },
  async ({ query: { alert: alertId, service }, ...viewing }, { findAlert, readLatestAlerts }: UseCases) => {
    const alert = alertId === undefined ? undefined : await findAlert(alertId);
    const similar = alert && similarTo(alert);
    const matchers = similar?.matchers ?? (service === undefined ? [] : [matcherOf("service", service)]);
    return {
      title: "New silence",
      content: (
        <NewSilenceView
          {...viewing}
          matchers={matchers.map(formatMatcher).join("\n")}
          notice={
            alertId !== undefined && !similar
              ? `Alert ${isolate(alertId)} was not found. Enter the matchers yourself.`
              : similar && omittedText(similar)
          }
          preview={matchers.length > 0 ? await previewOf(readLatestAlerts, matchers) : null}
        />
      ),
    };
  },
);
