import { getIncidentMetricsContract } from "../../shared/contracts/incidents/get-incident-metrics.ts";
import { mttaSeconds, mttrSeconds } from "../../shared/domain/incidents/incident.ts";
import { readIncidentDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { readIncidentMetrics } from "../../shared/use-cases/incidents/read-incident.ts";

export const handler = endpoint(getIncidentMetricsContract, async ({ params }) => {
  const { incident, pages, cost } = await readIncidentMetrics(readIncidentDeps(), params.id);
  return {
    body: {
      mtta_seconds: mttaSeconds(incident),
      mttr_seconds: mttrSeconds(incident),
      alert_count: incident.alertCount,
      pages,
      cost: {
        write_units: cost.writeUnits,
        read_units: cost.readUnits,
        requests: cost.requests,
        usd: cost.usd,
      },
    },
  };
});
