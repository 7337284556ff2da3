import * as z from "zod";
import { pageQuery, teamName } from "../../../contracts/fields.ts";
import { limits } from "../../../domain/limits.ts";
import type { WebhookStore } from "../../../use-cases/ports/notifications.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import { page } from "../../site/page.ts";
import { WebhooksView } from "./view.tsx";

/** `team` shows one team, and is the team of a new webhook. */
const query = z.object({ ...pageQuery, team: teamName.optional() });

interface UseCases {
  readonly listWebhooks: WebhookStore["list"];
  readonly listSchedules: ScheduleStore["list"];
}

/** Reads a page of teams, and the webhooks of each: half a unit per team, and more for teams with webhooks. */
export const webhooksPage = page(
  { query },
  async ({ query: { team }, page, cursor, ...viewing }, { listWebhooks, listSchedules }: UseCases) => {
    const { items, next } =
      team === undefined ? await listSchedules(page) : { items: [{ team }], next: null };
    const teams = await Promise.all(
      items.map(async ({ team }) => {
        const { items } = await listWebhooks(team, { limit: limits.webhooksPerTeam, after: null });
        return { team, webhooks: items };
      }),
    );
    return {
      title: "Webhooks",
      content: (
        <WebhooksView
          {...viewing}
          teams={teams}
          team={team}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
);
