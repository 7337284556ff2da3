import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import type { RuleStore } from "../../../use-cases/ports/alerts.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { silenceColumns } from "./columns.ts";
import { SilencesView } from "./view.tsx";

interface UseCases {
  readonly listSilences: RuleStore["listSilences"];
  readonly recentAlertingCounts: Cached<AlertingCounts>;
}

export const silencesPage = page(
  { query: z.object(pageQuery) },
  async ({ page, cursor, ...viewing }, { listSilences, recentAlertingCounts }: UseCases) => {
    const [{ items, next }, { value: counts }] = await Promise.all([
      listSilences(page),
      recentAlertingCounts(viewing.now),
    ]);
    return {
      title: "Silences",
      isEmpty: items.length === 0,
      content: (
        <SilencesView
          {...viewing}
          counts={counts}
          silences={items}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    silences: async ({ page, now }, { listSilences }) =>
      downloadOf(silenceColumns(now), await firstRows(listSilences, page)),
  },
);
