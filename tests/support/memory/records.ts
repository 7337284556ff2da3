/** Everything that a system in memory has recorded. */
import type { AlertOutcome, RecordedAlert } from "../../../shared/domain/alerts/alert.ts";
import type { Incident } from "../../../shared/domain/incidents/incident.ts";
import type { TestSystem } from "./system.ts";

const everything = { limit: 200, after: null };

/** Returns the incidents, newest first. */
export async function incidentsOf({ seen }: TestSystem): Promise<readonly Incident[]> {
  return (await seen.incidents.list({}, everything)).items;
}

/** Returns the alerts in order of their receipt. */
export async function alertsOf({ seen }: TestSystem): Promise<readonly RecordedAlert[]> {
  return (await seen.alerts.list({}, everything)).items.toReversed();
}

export async function outcomesOf(system: TestSystem): Promise<AlertOutcome[]> {
  return (await alertsOf(system)).map(({ outcome }) => outcome);
}
