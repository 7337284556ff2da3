import * as z from "zod";
import { pageQuery, teamName } from "../../../contracts/fields.ts";
import type { TeamChannelStore } from "../../../use-cases/ports/notifications.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import { page } from "../../site/page.ts";
import { TeamsChannelsView } from "./teams-view.tsx";
import { TeamChannelsView } from "./view.tsx";

/** Without a team the page lists the teams that have a schedule. */
const query = z.object({ ...pageQuery, team: teamName.optional() });

interface UseCases {
  readonly findTeamChannels: TeamChannelStore["find"];
  readonly listSchedules: ScheduleStore["list"];
  readonly configuredChannels: () => readonly string[];
}

export const teamChannelsPage = page(
  { query },
  async (
    { query: { team }, page, cursor, ...viewing },
    { findTeamChannels, listSchedules, configuredChannels }: UseCases,
  ) => {
    if (team !== undefined) {
      const channels = await findTeamChannels(team);
      return {
        title: "Team channels",
        content: <TeamChannelsView {...viewing} team={team} channels={channels} />,
      };
    }
    const { items, next } = await listSchedules(page);
    const teams = await Promise.all(
      items.map(async ({ team }) => ({ team, channels: await findTeamChannels(team) })),
    );
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
);
