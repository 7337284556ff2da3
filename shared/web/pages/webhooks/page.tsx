import * as z from "zod";
import { pageQuery, teamName } from "../../../contracts/fields.ts";
import { limits } from "../../../domain/limits.ts";
import type { WebhookStore } from "../../../use-cases/ports/notifications.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import type { PageRequest } from "../../../use-cases/ports/page.ts";
import { downloadOf } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import { webhookColumns } from "./columns.ts";
import { WebhooksView } from "./view.tsx";

/** `team` shows one team, and is the team of a new webhook. */
const query = z.object({ ...pageQuery, team: teamName.optional() });

interface UseCases {
  readonly listWebhooks: WebhookStore["list"];
  readonly listTeamNames: ScheduleStore["listNames"];
}

/** Teams of a file. */
const mostTeams = 200;

/** Reads a page of teams, and the webhooks of each: half a unit per team, and more for teams with webhooks. */
async function webhooksOf(
  team: string | undefined,
  page: PageRequest,
  { listWebhooks, listTeamNames }: UseCases,
) {
  const { items, next } = team === undefined ? await listTeamNames(page) : { items: [team], next: null };
  const teams = items.map(async (team) => {
    const { items } = await listWebhooks(team, { limit: limits.webhooksPerTeam, after: null });
    return { team, webhooks: items };
  });
  return { items: await Promise.all(teams), next };
}

export const webhooksPage = page(
  { query },
  async ({ query: { team }, page, cursor, ...viewing }, useCases: UseCases) => {
    const { items: teams, next } = await webhooksOf(team, page, useCases);
    return {
      title: "Webhooks",
      isEmpty: teams.every(({ webhooks }) => webhooks.length === 0),
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
  {
    webhooks: async ({ query: { team }, page }, useCases) => {
      const { items, next } = await webhooksOf(team, { ...page, limit: mostTeams }, useCases);
      const rows = items.flatMap(({ webhooks }) => webhooks);
      return downloadOf(webhookColumns, { items: rows, isComplete: next === null });
    },
  },
);
