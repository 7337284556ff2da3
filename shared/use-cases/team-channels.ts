import type { TeamChannel } from "../domain/team-channel.ts";
import type { TeamChannelStore } from "./ports.ts";
import { wholeAddresses } from "./whole-addresses.ts";

/** @throws Invalid for a shortened address that stands for none */
export async function putTeamChannels(
  { teamChannels }: { readonly teamChannels: TeamChannelStore },
  team: string,
  channels: readonly TeamChannel[],
): Promise<readonly TeamChannel[]> {
  const whole = await wholeAddresses(channels, "channels", () => teamChannels.find(team));
  await teamChannels.put(team, whole);
  return whole;
}
