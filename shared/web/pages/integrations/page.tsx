import * as z from "zod";
import { id, pageQuery } from "../../../contracts/fields.ts";
import { integrationTypeNames, integrationTypes, typeNamed } from "../../../integrations/registry.ts";
import type { listIntegrations } from "../../../use-cases/integrations/list-integrations.ts";
import type { readIntegration } from "../../../use-cases/integrations/read-integration.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { type ChosenIntegration, IntegrationsView } from "./view.tsx";

/** `integration` selects the one whose details are shown. */
const query = z.object({ ...pageQuery, integration: id.optional() });

const titles = integrationTypeNames.map((name) => ({ name, title: integrationTypes[name].title }));

interface UseCases {
  readonly listIntegrations: Wired<typeof listIntegrations>;
  readonly readIntegration: Wired<typeof readIntegration>;
  readonly baseUrlOf: (headers: Headers) => string;
}

export const integrationsPage = page(
  { query },
  async ({ query, page, cursor, newSecret, headers, ...viewing }, useCases: UseCases) => {
    const [{ items, next }, chosen] = await Promise.all([
      useCases.listIntegrations(page),
      query.integration === undefined ? undefined : useCases.readIntegration(query.integration),
    ]);
    return {
      title: "Integrations",
      content: (
        <IntegrationsView
          {...viewing}
          integrations={items}
          types={titles}
          chosen={chosen && withClientSetup(chosen, useCases.baseUrlOf(headers), newSecret)}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
);

/** @param key its key, if it was just created */
function withClientSetup(
  chosen: Omit<ChosenIntegration, "url" | "setUp" | "key">,
  baseUrl: string,
  key: string | null,
): ChosenIntegration {
  const { url: path = "/integrations/{key}", setUp } = typeNamed(chosen.integration.type) ?? {};
  const shownKey = key ?? "KEY";
  const url = baseUrl + path.replace("{key}", shownKey);
  return {
    ...chosen,
    key,
    url,
    setUp: setUp === undefined ? null : setUp.replaceAll("{url}", url).replaceAll("{key}", shownKey),
  };
}
