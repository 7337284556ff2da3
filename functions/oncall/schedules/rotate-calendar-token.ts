import { rotateCalendarTokenContract } from "../../../shared/contracts/oncall/schedules/rotate-calendar-token.ts";
import { presentSchedule } from "../../../shared/contracts/oncall/schedules/schedule.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { makeSecret } from "../../../shared/runtime/system.ts";
import { rotateCalendarToken } from "../../../shared/use-cases/oncall/schedules/rotate-calendar-token.ts";

export const handler = creatingEndpoint(
  rotateCalendarTokenContract,
  async ({ params: { team }, now, headers }) => {
    const schedule = await rotateCalendarToken({ schedules: schedules(), makeSecret }, team, now);
    const body = presentSchedule(schedule, baseUrlOf(headers));
    return { body, location: body.calendar_url };
  },
);
