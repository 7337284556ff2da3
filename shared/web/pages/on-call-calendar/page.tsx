import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import { localDate } from "../../../contracts/oncall/local.ts";
import { calendarDates, calendarRanges } from "../../../domain/oncall/calendar-dates.ts";
import type { listTeamCalendars } from "../../../use-cases/oncall/list-team-calendars.ts";
import type { PageRequest } from "../../../use-cases/ports/page.ts";
import type { Column } from "../../components/data-table.tsx";
import { downloadOf, firstRows, mostRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { type Shift, shiftColumns } from "../team-on-call/columns.ts";
import { OnCallCalendarView } from "./view.tsx";

const query = z.object({
  ...pageQuery,
  range: z.enum(calendarRanges).default("week"),
  from: localDate.optional(),
});

interface UseCases {
  readonly listTeamCalendars: Wired<typeof listTeamCalendars>;
}

/** Shifts of all teams as a file. */
const calendarColumns: readonly Column<Shift & { readonly team: string }>[] = [
  { heading: "Team", value: ({ team }) => team },
  ...shiftColumns,
];

/** Teams of a file: one query each. */
const mostTeams = 100;
/** Teams on a page: one query each. */
const teamsPerPage = 20;

export const onCallCalendarPage = page(
  { query },
  async ({ query, page, cursor, ...viewing }, { listTeamCalendars }: UseCases) => {
    const dates = calendarDates(query.range, query.from, viewing.now);
    const teams = { ...page, limit: Math.min(page.limit, teamsPerPage) };
    const { items, next } = await listTeamCalendars(teams, dates, viewing.now);
    return {
      title: "On-call calendar",
      isEmpty: items.length === 0,
      everySeconds: 60,
      content: (
        <OnCallCalendarView
          {...viewing}
          dates={dates}
          asked={query.from}
          teams={items}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    shifts: async ({ query, page, now }, { listTeamCalendars }) => {
      const dates = calendarDates(query.range, query.from, now);
      const list = (page: PageRequest) => listTeamCalendars(page, dates, now);
      const { items, isComplete } = await firstRows(list, page, mostTeams);
      const shifts = items.flatMap(({ schedule: { team }, primary }) =>
        primary.map((shift) => ({ ...shift, team, role: "primary" as const })),
      );
      return downloadOf(calendarColumns, {
        items: shifts.slice(0, mostRows),
        isComplete: isComplete && shifts.length <= mostRows,
      });
    },
  },
);
