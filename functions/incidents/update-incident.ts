import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { commandsOf, updateIncidentContract } from "../../shared/contracts/incidents/update-incident.ts";
import { unownedServiceWarning } from "../../shared/domain/oncall/unknown-team.ts";
import { updateIncidentDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { updateIncident } from "../../shared/use-cases/incidents/lifecycle/update-incident.ts";
import { isOwned } from "../../shared/use-cases/oncall/services/resolve-ownership.ts";

export const handler = endpoint(updateIncidentContract, async ({ params, body, now, caller }) => {
  const deps = updateIncidentDeps();
  const actor = body.actor ?? caller;
  const { service, team, urgency, note = null } = body;
  const update = { commands: commandsOf(body, actor), service, team, urgency, note, actor };
  const incident = await updateIncident(deps, params.id, update, now);
  const isAstray = service !== undefined && team === undefined && !(await isOwned(deps, service, now));
  const warnings = isAstray
    ? [unownedServiceWarning(JSON.stringify(service), JSON.stringify(incident.team))]
    : [];
  return { body: { ...presentIncident(incident), warnings } };
});
