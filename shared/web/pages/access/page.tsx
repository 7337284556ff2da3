import * as z from "zod";
import { teamName } from "../../../contracts/fields.ts";
import type { RoleStore } from "../../../use-cases/ports/access.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import { allRows, downloadOf } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { RecentPeople } from "../../site/use-case.ts";
import { suggestedTeams } from "../services/suggested-teams.ts";
import { roleColumns } from "./columns.ts";
import { type AccessSettings, AccessView } from "./view.tsx";

/** `team` shows the roles in one team. */
const query = z.object({ team: teamName.optional() });

interface UseCases {
  readonly findRoles: RoleStore["find"];
  readonly accessSettings: () => AccessSettings;
  readonly listTeamNames: ScheduleStore["listNames"];
  readonly recentPeople: RecentPeople;
}

/** Reads the roles with a unit at most, and the names of up to 200 teams. */
export const accessPage = page(
  { query },
  async ({ query: { team }, ...viewing }, useCases: UseCases) => {
    const [{ assignments }, teams, people] = await Promise.all([
      useCases.findRoles(team ?? null),
      useCases.listTeamNames(suggestedTeams),
      useCases.recentPeople(viewing.now),
    ]);
    return {
      title: "Access",
      isEmpty: assignments.length === 0,
      content: (
        <AccessView
          {...viewing}
          {...useCases.accessSettings()}
          team={team ?? null}
          assignments={assignments}
          teams={teams.items}
          people={people.value}
        />
      ),
    };
  },
  {
    roles: async ({ query: { team } }, { findRoles }) => {
      const { assignments } = await findRoles(team ?? null);
      return downloadOf(roleColumns, allRows(assignments));
    },
  },
);
