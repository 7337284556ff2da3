import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import { localDate } from "../../../contracts/oncall/local.ts";
import { calendarDates, calendarRanges } from "../../../domain/oncall/calendar-dates.ts";
import type { listTeamCalendars } from "../../../use-cases/oncall/list-team-calendars.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { OnCallCalendarView } from "./view.tsx";

const query = z.object({
  ...pageQuery,
  range: z.enum(calendarRanges).default("week"),
  from: localDate.optional(),
});

interface UseCases {
  readonly listTeamCalendars: Wired<typeof listTeamCalendars>;
}

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
);
