import { type ChannelName, channelLabel, channelNamed } from "../../../channels/registry.ts";
import type { TeamChannel } from "../../../domain/notifications/team-channel.ts";
import type { Column } from "../../components/data-table.tsx";

interface ChannelOfTeam {
  readonly team: string;
  readonly channel: TeamChannel;
}

/** Notification channels of teams as a file. */
export const teamChannelColumns: readonly Column<ChannelOfTeam>[] = [
  { heading: "Team", value: ({ team }) => team },
  { heading: "Channel", value: ({ channel }) => channelLabel(channel.channel) },
  { heading: "Address", value: ({ channel }) => channel.address },
  { heading: "Events", value: ({ channel }) => channel.events.join(", ") },
  { heading: "ID", value: ({ channel }) => channel.id },
];

/** Channels of the platform as a file. */
export const channelColumns = (configured: readonly string[]): readonly Column<ChannelName>[] => [
  { heading: "Channel", value: channelLabel },
  {
    heading: "Configured",
    value: (name) => (channelNamed(name)?.setups === undefined || configured.includes(name) ? "yes" : "no"),
  },
  {
    heading: "Settings",
    value: (name) => {
      const { setups = [] } = channelNamed(name) ?? {};
      return setups.map(({ setting, required = [] }) => [setting, ...required].join(", ")).join(" or ");
    },
  },
];
