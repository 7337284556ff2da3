import * as z from "zod";
import { pageQuery, teamName } from "../../../shared/contracts/fields.ts";
import { page } from "../../../shared/http/site.ts";
import { TeamChannelsView } from "../../../shared/pages/team-channels-view.tsx";
import { TeamsChannelsView } from "../../../shared/pages/teams-channels-view.tsx";
import { rotas, teamChannels } from "../../../shared/runtime/stores.ts";

/** Of a team, or without one of those that have a schedule. */
const query = z.object({ ...pageQuery, team: teamName.optional() });

export const teamChannelsPage = page(
  "team-channels",
  { query },
  async ({ query: { team }, page, cursor, ...viewing }) => {
    if (team !== undefined) {
      const channels = await teamChannels().find(team);
      return {
        title: "Channels of a team",
        content: <TeamChannelsView {...viewing} team={team} channels={channels} />,
      };
    }
    const { items, next } = await rotas().list(page);
    const teams = await Promise.all(
      items.map(async ({ team }) => ({ team, channels: await teamChannels().find(team) })),
    );
    return {
      title: "Team channels",
      content: (
        <TeamsChannelsView {...viewing} teams={teams} first={page.after === null} next={cursor(next)} />
      ),
    };
  },
);
