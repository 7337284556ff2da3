import {
  getIncidentStatsContract,
  presentStats,
} from "../../shared/contracts/incidents/get-incident-stats.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { incidents, stats } from "../../shared/runtime/stores.ts";
import { readStats } from "../../shared/use-cases/incidents/read-stats.ts";

export const handler = endpoint(getIncidentStatsContract, async ({ query: { window }, now }) => {
  const tally = await readStats({ incidents: incidents(), stats: stats() }, window.windowMs, now);
  return { body: presentStats(window.label, tally) };
});
