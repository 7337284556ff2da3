import * as z from "zod";
import { id, pageQuery } from "../../../shared/contracts/fields.ts";
import { page } from "../../../shared/http/site.ts";
import { integrationTypeNames, integrationTypes, typeNamed } from "../../../shared/integrations/registry.ts";
import { type ChosenIntegration, IntegrationsView } from "../../../shared/pages/integrations-view.tsx";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { readIntegrationDeps } from "../../../shared/runtime/deps.ts";
import { listIntegrations, readIntegration } from "../../../shared/use-cases/integrations/integrations.ts";

/** One of them may be asked for, with its latest errors. */
const query = z.object({ ...pageQuery, integration: id.optional() });

const titles = integrationTypeNames.map((name) => ({ name, title: integrationTypes[name].title }));

export const integrationsPage = page(
  "integrations",
  { query },
  async ({ query, page, cursor, told, headers, ...viewing }) => {
    const deps = readIntegrationDeps();
    const [{ items, next }, chosen] = await Promise.all([
      listIntegrations(deps, page),
      query.integration === undefined ? undefined : readIntegration(deps, query.integration),
    ]);
    return {
      title: "Integrations",
      content: (
        <IntegrationsView
          {...viewing}
          integrations={items}
          types={titles}
          chosen={chosen && withSetUp(chosen, baseUrlOf(headers), told)}
          first={page.after === null}
          next={cursor(next)}
        />
      ),
    };
  },
);

/** @param told its key, if it was made just now */
function withSetUp(
  chosen: Omit<ChosenIntegration, "url" | "setUp" | "key">,
  baseUrl: string,
  told: string | null,
): ChosenIntegration {
  const { url: path = "/integrations/{key}", setUp } = typeNamed(chosen.integration.type) ?? {};
  const key = told ?? "KEY";
  const url = baseUrl + path.replace("{key}", key);
  return {
    ...chosen,
    key: told,
    url,
    setUp: setUp === undefined ? null : setUp.replaceAll("{url}", url).replaceAll("{key}", key),
  };
}
