import * as z from "zod";
import { localDate, timezone } from "../../../contracts/oncall/local.ts";
import { presentSchedule, teamParams } from "../../../contracts/oncall/schedules/schedule.ts";
import { NotFound } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { calendarSpans } from "../../../domain/oncall/schedule-calendar.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import type { readTeamCalendar } from "../../../use-cases/oncall/read-team-calendar.ts";
import type { TeamChannelStore, WebhookStore } from "../../../use-cases/ports/notifications.ts";
import type { Page } from "../../../use-cases/ports/page.ts";
import { allRows, downloadOf } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Cached, RecentPeople, Wired } from "../../site/use-case.ts";
import { shiftColumns } from "./columns.ts";
import { NoScheduleView } from "./no-schedule.tsx";
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
  readonly recentPeople: RecentPeople;
  readonly recentServices: Cached<Page<Service>>;
  readonly findTeamChannels: TeamChannelStore["find"];
  readonly listWebhooks: WebhookStore["list"];
}

const everyWebhook = { limit: limits.webhooksPerTeam, after: null };

/**
 * Reads the schedule with a query, the channels with a unit, and the webhooks with up to ten. Users and services are
 * those of the last seconds.
 */
export const teamOnCallPage = page(
  { params: teamParams, query },
  async ({ params: { team }, query, headers, ...viewing }, useCases: UseCases) => {
    const { now } = viewing;
    const [{ plan, policy }, users, services, channels, webhooks] = await Promise.all([
      useCases.readTeamCalendar(team, query, now),
      useCases.recentPeople(now),
      useCases.recentServices(now),
      useCases.findTeamChannels(team),
      useCases.listWebhooks(team, everyWebhook),
    ]);
    const details = {
      policy,
      services: services.value.items.filter((service) => service.team === team),
      moreServices: services.value.next !== null,
      channels,
      webhooks: webhooks.items,
    };
    if (!plan) {
      const { services, channels, webhooks } = details;
      const isKnown = policy !== null || [...services, ...channels, ...webhooks].length > 0;
      return {
        title: `${team} on-call`,
        status: isKnown ? 200 : 404,
        content: <NoScheduleView {...viewing} {...details} team={team} />,
        isEmpty: true,
      };
    }
    const { webcal_url: webcalUrl } = presentSchedule(plan.schedule, useCases.baseUrlOf(headers));
    return {
      title: `${team} on-call`,
      // A refresh would change the form that is filled in.
      ...(!viewing.formErrors && query.day === undefined && { everySeconds: 30 }),
      content: (
        <TeamOnCallView
          {...viewing}
          {...plan}
          {...details}
          asked={query}
          webcalUrl={webcalUrl}
          users={users.value}
        />
      ),
    };
  },
  {
    shifts: async ({ params: { team }, query, now }, { readTeamCalendar }) => {
      const { plan } = await readTeamCalendar(team, query, now);
      if (!plan) throw new NotFound("team", team);
      const shifts = plan.calendar.roles.flatMap(({ role, final }) =>
        final.map((shift) => ({ ...shift, role })),
      );
      return downloadOf(shiftColumns, allRows(shifts));
    },
  },
);
