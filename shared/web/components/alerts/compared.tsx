import { count } from "../../../domain/text/count.ts";
import type { LatestAlerts } from "../../../use-cases/alerts/read-latest-alerts.ts";
import { Moment } from "../time.tsx";

interface ComparedProps {
  readonly latest: LatestAlerts;
  /** Number of alerts that match. */
  readonly matched: number;
}

/** Says how many of the latest alerts match, and how far back they were compared. */
export function Compared({ latest: { alerts, complete }, matched }: ComparedProps) {
  const oldest = alerts.at(-1);
  if (!oldest) return <p class="quiet">No alerts yet.</p>;
  return (
    <p class="quiet">
      {matched} of the latest {count(alerts.length, "alert")}, since <Moment at={oldest.receivedAt} />.
      {!complete && " Older alerts were not compared, because that would take too long."}
    </p>
  );
}
