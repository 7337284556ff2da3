import * as z from "zod";
import { pageQuery, teamName } from "../../../contracts/fields.ts";
import { limits } from "../../../domain/limits.ts";
import type { listReadiness, readReadiness } from "../../../use-cases/oncall/readiness/read-readiness.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { ReadinessView } from "./view.tsx";

interface UseCases {
  readonly listReadiness: Wired<typeof listReadiness>;
  readonly readReadiness: Wired<typeof readReadiness>;
}

export const readinessPage = page(
  { query: z.object({ team: teamName.optional().catch(undefined), ...pageQuery }) },
  async ({ query: { team }, page, cursor, ...viewing }, useCases: UseCases) => {
    const limit = Math.min(page.limit, limits.readinessTeams);
    const { items, next } =
      team === undefined
        ? await useCases.listReadiness({ ...page, limit }, viewing.now)
        : { items: [await useCases.readReadiness(team, viewing.now)], next: null };
    return {
      title: "Readiness",
      isEmpty: items.length === 0,
      content: (
        <ReadinessView
          {...viewing}
          teams={items}
          team={team ?? null}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
);
