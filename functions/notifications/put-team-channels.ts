import { putTeamChannelsContract } from "../../shared/contracts/notifications/put-team-channels.ts";
import { presentTeamChannels } from "../../shared/contracts/notifications/team-channels.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { teamChannels } from "../../shared/runtime/later/stores.ts";
import { putTeamChannels } from "../../shared/use-cases/notifications/team-channels/put-team-channels.ts";

export const handler = endpoint(putTeamChannelsContract, async ({ params: { team }, body }) => {
  const channels = await putTeamChannels({ teamChannels: teamChannels() }, team, body.channels);
  return { body: presentTeamChannels(team, channels) };
});
