import { defineContract } from "../contract.ts";
import { teamParams } from "../oncall/schedules/schedule.ts";
import { teamChannelsResource } from "./team-channels.ts";

export const getTeamChannelsContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/teams/{team}/channels",
  summary: "The channels that hear what happens to a team's incidents; none if nobody named any",
  scope: "read",
  params: teamParams,
  status: 200,
  response: teamChannelsResource,
});
