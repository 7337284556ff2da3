import type { RecordedAlert } from "./alert.ts";

/** Alerts of an incident with the same content. */
export interface AlertGroup {
  readonly latest: RecordedAlert;
  /** Times of receipt, newest first. */
  readonly times: readonly number[];
}

/**
 * Groups alerts by action, severity, message and source. The group with the latest alert comes first.
 *
 * @param alerts newest first
 */
export function groupAlerts(alerts: readonly RecordedAlert[]): AlertGroup[] {
  const groups = Map.groupBy(alerts, ({ action, severity, message, source }) =>
    JSON.stringify([action, severity, message, source]),
  );
  return [...groups.values()].flatMap((group) => {
    const [latest] = group;
    return latest ? [{ latest, times: group.map(({ receivedAt }) => receivedAt) }] : [];
  });
}
