import { normalAddress } from "../domain/address.ts";
import { freshMethodId } from "../domain/contact.ts";
import { limits } from "../domain/limits.ts";
import type { TeamChannel } from "../domain/team-channel.ts";
import type { TeamChannelStore } from "./ports.ts";
import { refuseMore } from "./refuse-more.ts";
import { wholeAddresses } from "./whole-addresses.ts";

interface TeamChannelDeps {
  readonly teamChannels: TeamChannelStore;
}

/** @throws Invalid for a shortened address that stands for none */
export async function putTeamChannels(
  { teamChannels }: TeamChannelDeps,
  team: string,
  channels: readonly TeamChannel[],
): Promise<readonly TeamChannel[]> {
  const whole = await wholeAddresses(channels, "channels", () => teamChannels.find(team));
  await teamChannels.put(team, whole);
  return whole;
}

/** @throws Conflict when the team has as many as one can */
export async function addTeamChannel(
  { teamChannels }: TeamChannelDeps,
  team: string,
  channel: Omit<TeamChannel, "id">,
): Promise<void> {
  const known = await teamChannels.find(team);
  refuseMore(known, limits.teamChannels, `${team} has`);
  const id = freshMethodId(known, channel.channel);
  const address = normalAddress(channel.channel, channel.address);
  await teamChannels.put(team, [...known, { ...channel, address, id }]);
}

/** One that is gone already is no trouble. */
export async function removeTeamChannel(
  { teamChannels }: TeamChannelDeps,
  team: string,
  id: string,
): Promise<void> {
  const known = await teamChannels.find(team);
  await teamChannels.put(
    team,
    known.filter((channel) => channel.id !== id),
  );
}
