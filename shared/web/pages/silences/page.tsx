import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import type { RuleStore } from "../../../use-cases/ports/alerts.ts";
import { page } from "../../site/page.ts";
import { SilencesView } from "./view.tsx";

interface UseCases {
  readonly listSilences: RuleStore["listSilences"];
}

export const silencesPage = page(
  { query: z.object(pageQuery) },
  async ({ page, cursor, ...viewing }, { listSilences }: UseCases) => {
    const { items, next } = await listSilences(page);
    return {
      title: "Silences",
      content: <SilencesView {...viewing} silences={items} first={page.after === null} next={cursor(next)} />,
    };
  },
);
