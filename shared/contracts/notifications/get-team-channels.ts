import { defineContract } from "../contract.ts";
import { teamParams } from "../oncall/schedules/schedule.ts";
import { teamChannelsResource } from "./team-channels.ts";

export const getTeamChannelsContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/teams/{team}/channels",
  otherMethods: ["PUT"],
  summary: "Get a team's channels",
  description: "Channels that are notified of the team's incidents. Empty if none are set.",
  right: "read",
  params: teamParams,
  status: 200,
  response: teamChannelsResource,
});
