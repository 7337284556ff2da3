import * as z from "zod";
import { localDate, timezone } from "../../../contracts/oncall/local.ts";
import { presentSchedule, teamParams } from "../../../contracts/oncall/schedules/schedule.ts";
import { calendarSpans } from "../../../domain/oncall/schedule-calendar.ts";
import type { readTeamCalendar } from "../../../use-cases/oncall/read-team-calendar.ts";
import { allRows, downloadOf } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { shiftColumns } from "./columns.ts";
import { TeamOnCallView } from "./view.tsx";

const query = z.object({
  from: localDate.optional(),
  span: z.enum(calendarSpans).default("2-weeks"),
  timezone: timezone.optional(),
  /** A day to override. */
  day: localDate.optional(),
});

interface UseCases {
  readonly readTeamCalendar: Wired<typeof readTeamCalendar>;
  readonly baseUrlOf: (headers: Headers) => string;
}

export const teamOnCallPage = page(
  { params: teamParams, query },
  async ({ params: { team }, query, headers, ...viewing }, { readTeamCalendar, baseUrlOf }: UseCases) => {
    const calendar = await readTeamCalendar(team, query, viewing.now);
    const { webcal_url: webcalUrl } = presentSchedule(calendar.schedule, baseUrlOf(headers));
    return {
      title: "On call",
      // A refresh would change the form that is filled in.
      ...(!viewing.formErrors && query.day === undefined && { everySeconds: 30 }),
      content: <TeamOnCallView {...viewing} {...calendar} asked={query} webcalUrl={webcalUrl} />,
    };
  },
  {
    shifts: async ({ params: { team }, query, now }, { readTeamCalendar }) => {
      const { calendar } = await readTeamCalendar(team, query, now);
      const shifts = calendar.roles.flatMap(({ role, final }) => final.map((shift) => ({ ...shift, role })));
      return downloadOf(shiftColumns, allRows(shifts));
    },
  },
);
