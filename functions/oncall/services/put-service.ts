import { putServiceContract } from "../../../shared/contracts/oncall/services/put-service.ts";
import { presentService, serviceFields } from "../../../shared/contracts/oncall/services/service.ts";
import { unknownTeamWarning } from "../../../shared/domain/oncall/unknown-team.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { serviceDeps } from "../../../shared/runtime/later/deps.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { putService } from "../../../shared/use-cases/oncall/services/put-service.ts";

export const handler = endpoint(putServiceContract, async ({ params, body, now }) => {
  const change = () => serviceFields(body);
  const service = await putService(serviceDeps(), params.service, change, now);
  const isKnownTeam = (await schedules().load(service.team, now)) !== undefined;
  const warnings = isKnownTeam ? [] : [unknownTeamWarning(JSON.stringify(service.team))];
  return { body: { ...presentService(service), warnings } };
});
