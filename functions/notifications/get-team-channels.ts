import { getTeamChannelsContract } from "../../shared/contracts/notifications/get-team-channels.ts";
import { presentTeamChannels } from "../../shared/contracts/notifications/team-channels.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { teamChannels } from "../../shared/runtime/later/stores.ts";

export const handler = endpoint(getTeamChannelsContract, async ({ params: { team } }) => ({
  body: presentTeamChannels(team, await teamChannels().find(team)),
}));
