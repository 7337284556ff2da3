import { calendarFeed } from "../../../shared/calendar/feed.ts";
import { getCalendarContract } from "../../../shared/contracts/oncall/schedules/get-calendar.ts";
import { conditional, etagOf } from "../../../shared/http/etag.ts";
import { openEndpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { sameSecret } from "../../../shared/runtime/system.ts";
import { readCalendar } from "../../../shared/use-cases/oncall/read-calendar.ts";

const calendarHeaders = {
  "content-type": "text/calendar; charset=utf-8",
  "cache-control": "private, no-cache",
};

export const handler = openEndpoint(
  getCalendarContract,
  async ({ params: { team }, query, headers, now }) => {
    const calendar = await readCalendar({ schedules: schedules(), sameSecret }, team, query.token, now);
    const feed = calendarFeed(calendar);
    return conditional(headers, new Response(feed, { headers: calendarHeaders }), etagOf(feed));
  },
);
