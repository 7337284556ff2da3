import * as z from "zod";
import { pageQuery } from "../../../shared/contracts/fields.ts";
import { page } from "../../../shared/http/site.ts";
import { ApiKeysView } from "../../../shared/pages/api-keys-view.tsx";
import { apiKeys } from "../../../shared/runtime/stores.ts";
import { listApiKeys } from "../../../shared/use-cases/access/api-keys.ts";

const query = z.object(pageQuery);

export const apiKeysPage = page(
  "api-keys",
  { scope: "admin", query },
  async ({ page, cursor, told, ...viewing }) => {
    const { items, next } = await listApiKeys({ apiKeys: apiKeys() }, page);
    return {
      title: "API keys",
      content: (
        <ApiKeysView
          {...viewing}
          keys={items}
          secret={told}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
);
