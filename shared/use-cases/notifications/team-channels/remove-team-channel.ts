import { changeTeamChannels, type TeamChannelDeps } from "./change-team-channels.ts";

/** Removes a channel, if it exists. */
export async function removeTeamChannel(deps: TeamChannelDeps, team: string, id: string): Promise<void> {
  await changeTeamChannels(deps, team, (known) => known.filter((channel) => channel.id !== id));
}
