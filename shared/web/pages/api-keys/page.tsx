import * as z from "zod";
import { pageQuery } from "../../../contracts/fields.ts";
import type { listApiKeys } from "../../../use-cases/access/list-api-keys.ts";
import { downloadOf, firstRows } from "../../site/downloads/download.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { keyColumns } from "./columns.ts";
import { ApiKeysView } from "./view.tsx";

interface UseCases {
  readonly listApiKeys: Wired<typeof listApiKeys>;
}

export const apiKeysPage = page(
  { right: "administer", query: z.object(pageQuery) },
  async ({ page, cursor, newSecret, ...viewing }, { listApiKeys }: UseCases) => {
    const { items, next } = await listApiKeys(page);
    return {
      title: "API keys",
      isEmpty: items.length === 0,
      content: (
        <ApiKeysView
          {...viewing}
          keys={items}
          secret={newSecret}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
  {
    "api-keys": async ({ page }, { listApiKeys }) =>
      downloadOf(keyColumns, await firstRows(listApiKeys, page)),
  },
);
