import * as z from "zod";
import { localDate, timezone } from "../../../shared/contracts/oncall/local.ts";
import { presentSchedule, teamParams } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { calendarSpans } from "../../../shared/domain/oncall/rota-calendar.ts";
import { page } from "../../../shared/http/site.ts";
import { TeamOnCallView } from "../../../shared/pages/team-on-call-view.tsx";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { rotas } from "../../../shared/runtime/stores.ts";
import { readTeamCalendar } from "../../../shared/use-cases/oncall/read-team-calendar.ts";

const query = z.object({
  from: localDate.optional(),
  span: z.enum(calendarSpans).default("2-weeks"),
  timezone: timezone.optional(),
});

export const teamOnCallPage = page(
  "team-on-call",
  { params: teamParams, query },
  async ({ params: { team }, query, headers, ...viewing }) => {
    const read = await readTeamCalendar({ rotas: rotas() }, team, query, viewing.now);
    const { webcal_url: webcalUrl } = presentSchedule(read.schedule, baseUrlOf(headers));
    return {
      title: "On call",
      // News would take the marks of what is to be mended.
      ...(!viewing.refused && { everySeconds: 30 }),
      content: <TeamOnCallView {...viewing} {...read} asked={query} webcalUrl={webcalUrl} />,
    };
  },
);
