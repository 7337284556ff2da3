import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import type { RuleStore } from "../../../use-cases/ports/alerts.ts";
import type { Page } from "../../../use-cases/ports/page.ts";
import { ownersIn } from "../../components/owner-of-service.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { silenceColumns } from "./columns.ts";
import { SilencesView } from "./view.tsx";

interface UseCases {
  readonly listSilences: RuleStore["listSilences"];
  readonly recentAlertingCounts: Cached<AlertingCounts>;
  readonly recentServices: Cached<Page<Service>>;
}

export const silencesPage = page(
  { query: z.object(pageQuery) },
  async ({ page, cursor, ...viewing }, { listSilences, recentAlertingCounts, recentServices }: UseCases) => {
    const [{ items, next }, { value: counts }, { value: services }] = await Promise.all([
      listSilences(page),
      recentAlertingCounts(viewing.now),
      recentServices(viewing.now),
    ]);
    return {
      title: "Silences",
      isEmpty: items.length === 0,
      content: (
        <SilencesView
          {...viewing}
          counts={counts}
          silences={items}
          ownerOf={ownersIn(services)}
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
