import { defineContract } from "../contract.ts";
import { teamParams } from "../oncall/schedules/schedule.ts";
import { teamChannelsInput, teamChannelsResource } from "./team-channels.ts";

export const putTeamChannelsContract = defineContract({
  service: "notifications",
  method: "PUT",
  path: "/api/v1/teams/{team}/channels",
  summary: "Set a team's channels",
  description: "Channels that are notified of the team's incidents.",
  right: "manage",
  team: "path",
  audited: "team_channels",
  params: teamParams,
  body: teamChannelsInput,
  readOnly: ["team"],
  status: 200,
  response: teamChannelsResource,
});
