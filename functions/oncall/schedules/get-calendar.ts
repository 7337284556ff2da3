import { calendarFeed } from "../../../shared/calendar/feed.ts";
import { getCalendarContract } from "../../../shared/contracts/oncall/schedules/get-calendar.ts";
import { conditional } from "../../../shared/http/conditional.ts";
import { openEndpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { sameSecret } from "../../../shared/runtime/system.ts";
import { readCalendar } from "../../../shared/use-cases/oncall/read-calendar.ts";

export const handler = openEndpoint(
  getCalendarContract,
  async ({ params: { team }, query, headers, now }) => {
    const calendar = await readCalendar({ schedules: schedules(), sameSecret }, team, query.token, now);
    return conditional(headers, calendarFeed(calendar), "text/calendar; charset=utf-8");
  },
);
