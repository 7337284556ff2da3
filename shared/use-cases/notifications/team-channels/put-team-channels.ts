import type { TeamChannel } from "../../../domain/notifications/team-channel.ts";
import { restoreRedactedAddresses } from "../../access/restore-redacted-addresses.ts";
import { changeTeamChannels, type TeamChannelDeps } from "./change-team-channels.ts";

/** Replaces the channels of a team. @throws Invalid for a redacted address that matches no stored one */
export function putTeamChannels(
  deps: TeamChannelDeps,
  team: string,
  channels: readonly TeamChannel[],
): Promise<readonly TeamChannel[]> {
  return changeTeamChannels(deps, team, (known) =>
    restoreRedactedAddresses(channels, "channels", async () => known),
  );
}
