import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import type { listTeamsAhead } from "../../../use-cases/oncall/read-team-calendar.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { teamColumns } from "./columns.ts";
import { OnCallView } from "./view.tsx";

interface UseCases {
  readonly listTeamsAhead: Wired<typeof listTeamsAhead>;
}

/** Teams of a file: one query each. */
const mostTeams = 200;

export const onCallPage = page(
  { query: z.object(pageQuery) },
  async ({ page, cursor, ...viewing }, { listTeamsAhead }: UseCases) => {
    const { items, next } = await listTeamsAhead(page, viewing.now);
    return {
      title: "On-call",
      isEmpty: items.length === 0,
      everySeconds: 30,
      content: <OnCallView {...viewing} teams={items} first={page.after === null} next={cursor(next)} />,
    };
  },
  {
    "on-call": async ({ page, now }, { listTeamsAhead }) =>
      downloadOf(teamColumns, await firstRows((page) => listTeamsAhead(page, now), page, mostTeams)),
  },
);
