import { normalAddress } from "../../../channels/address.ts";
import { assertNotListed, freshMethodId } from "../../../domain/access/contact.ts";
import { limits } from "../../../domain/limits.ts";
import type { TeamChannel } from "../../../domain/notifications/team-channel.ts";
import { assertBelowLimit } from "../../assert-below-limit.ts";
import { changeTeamChannels, type TeamChannelDeps } from "./change-team-channels.ts";

/**
 * Adds a channel to a team.
 *
 * @throws Conflict if the team has the maximum number
 * @throws Invalid if the team has the same channel
 */
export async function addTeamChannel(
  deps: TeamChannelDeps,
  team: string,
  channel: Omit<TeamChannel, "id">,
): Promise<void> {
  await changeTeamChannels(deps, team, (known) => {
    assertBelowLimit(known, limits.teamChannels, team, "channels");
    const added = { ...channel, address: normalAddress(channel.channel, channel.address) };
    assertNotListed(known, added);
    return [...known, { ...added, id: freshMethodId(known, channel.channel) }];
  });
}
