import { normalAddress } from "../../channels/address.ts";
import { assertNotListed, freshMethodId } from "../../domain/access/contact.ts";
import { limits } from "../../domain/limits.ts";
import type { TeamChannel } from "../../domain/notifications/team-channel.ts";
import { restoreRedactedAddresses } from "../access/restore-redacted-addresses.ts";
import { assertBelowLimit } from "../assert-below-limit.ts";
import type { TeamChannelStore } from "../ports/notifications.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

interface TeamChannelDeps {
  readonly teamChannels: TeamChannelStore;
}

/** @throws Invalid for a redacted address that matches no stored one */
export function putTeamChannels(
  deps: TeamChannelDeps,
  team: string,
  channels: readonly TeamChannel[],
): Promise<readonly TeamChannel[]> {
  return change(deps, team, (known) => restoreRedactedAddresses(channels, "channels", async () => known));
}

/**
 * @throws Conflict if the team has the maximum number
 * @throws Invalid if the team has the same channel
 */
export async function addTeamChannel(
  deps: TeamChannelDeps,
  team: string,
  channel: Omit<TeamChannel, "id">,
): Promise<void> {
  await change(deps, team, (known) => {
    assertBelowLimit(known, limits.teamChannels, team, "channels");
    const added = { ...channel, address: normalAddress(channel.channel, channel.address) };
    assertNotListed(known, added);
    return [...known, { ...added, id: freshMethodId(known, channel.channel) }];
  });
}

/** Removes a channel, if it exists. */
export async function removeTeamChannel(deps: TeamChannelDeps, team: string, id: string): Promise<void> {
  await change(deps, team, (known) => known.filter((channel) => channel.id !== id));
}

type Channels = readonly TeamChannel[];

function change(
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
