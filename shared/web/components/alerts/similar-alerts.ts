/** Matchers for alerts like a given one, to start a silence or a routing rule with. */
import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import { labelPrefix, type Matcher } from "../../../domain/alerts/matcher.ts";
import { asReceived } from "../../../domain/alerts/routing.ts";
import { limits } from "../../../domain/limits.ts";
import { count } from "../../../domain/text/count.ts";

interface SimilarAlerts {
  readonly matchers: readonly Matcher[];
  /** Number of labels that have no matcher. */
  readonly omitted: number;
}

export function matcherOf(field: string, value: string): Matcher {
  return { field, op: "=", value };
}

/** Returns matchers for alerts of the same service with the same labels, as many as are allowed. */
export function similarTo({ service, labels }: Pick<RecordedAlert, "service" | "labels">): SimilarAlerts {
  const all = Object.entries(labels);
  const used = all.slice(0, limits.matchersPerRule - 1);
  return {
    matchers: [
      matcherOf("service", service),
      ...used.map(([name, value]) => matcherOf(labelPrefix + name, String(value))),
    ],
    omitted: all.length - used.length,
  };
}

/** Returns matchers for alerts that are received like this one, before routing rules change them. */
export function receivedLike(alert: RecordedAlert): SimilarAlerts {
  return similarTo(asReceived(alert));
}

/** Says how many labels are left out; undefined for none. */
export function omittedText({ matchers, omitted }: SimilarAlerts): string | undefined {
  if (omitted === 0) return undefined;
  return (
    `The alert has ${count(matchers.length - 1 + omitted, "label")}. The matchers use the service and the first ` +
    `${count(matchers.length - 1, "label")}, because ${limits.matchersPerRule} matchers are the maximum.`
  );
}
