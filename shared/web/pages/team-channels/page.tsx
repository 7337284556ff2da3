import * as z from "zod";
import { channelNames } from "../../../channels/registry.ts";
import { pageQuery, teamName } from "../../../contracts/fields.ts";
import type { TeamChannelStore } from "../../../use-cases/ports/notifications.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import { allRows, downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import { channelColumns, teamChannelColumns } from "./columns.ts";
import { TeamsChannelsView } from "./teams-view.tsx";
import { TeamChannelsView } from "./view.tsx";

/** Without a team the page lists the teams that have a schedule. */
const query = z.object({ ...pageQuery, team: teamName.optional() });

interface UseCases {
  readonly findTeamChannels: TeamChannelStore["find"];
  readonly listTeamNames: ScheduleStore["listNames"];
  readonly configuredChannels: () => readonly string[];
}

/** Takes a read of half a unit per team. */
function channelsOf(teams: readonly string[], find: TeamChannelStore["find"]) {
  return Promise.all(teams.map(async (team) => ({ team, channels: await find(team) })));
}

/** Teams of a file: each takes a read. */
const mostTeams = 100;

export const teamChannelsPage = page(
  { query },
  async (
    { query: { team }, page, cursor, ...viewing },
    { findTeamChannels, listTeamNames, configuredChannels }: UseCases,
  ) => {
    if (team !== undefined) {
      const channels = await findTeamChannels(team);
      return {
        title: "Team channels",
        isEmpty: channels.length === 0,
        content: <TeamChannelsView {...viewing} team={team} channels={channels} />,
      };
    }
    const { items, next } = await listTeamNames(page);
    const teams = await channelsOf(items, findTeamChannels);
    return {
      title: "Channels",
      content: (
        <TeamsChannelsView
          {...viewing}
          configured={configuredChannels()}
          teams={teams}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    channels: async (_, { configuredChannels }) =>
      downloadOf(channelColumns(configuredChannels()), allRows(channelNames)),
    "team-channels": async ({ query: { team }, page }, { findTeamChannels, listTeamNames }) => {
      const list = team === undefined ? await firstRows(listTeamNames, page, mostTeams) : allRows([team]);
      const teams = await channelsOf(list.items, findTeamChannels);
      const items = teams.flatMap(({ team, channels }) => channels.map((channel) => ({ team, channel })));
      return downloadOf(teamChannelColumns, { items, isComplete: list.isComplete });
    },
  },
);
