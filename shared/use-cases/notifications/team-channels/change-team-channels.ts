import type { TeamChannel } from "../../../domain/notifications/team-channel.ts";
import type { TeamChannelStore } from "../../ports/notifications.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";

export interface TeamChannelDeps {
  readonly teamChannels: TeamChannelStore;
}

type Channels = readonly TeamChannel[];

/** Reads, changes and stores the channels of a team. */
export function changeTeamChannels(
  { teamChannels }: TeamChannelDeps,
  team: string,
  changed: (known: Channels) => Channels | Promise<Channels>,
): Promise<Channels> {
  return retryOnConflict(async () => {
    const { channels, version } = await teamChannels.load(team);
    const next = await changed(channels);
    await teamChannels.put(team, next, version);
    return next;
  });
}
