import * as z from "zod";
import { pageQuery, serviceName } from "../../../shared/contracts/fields.ts";
import { page } from "../../../shared/http/site.ts";
import { ServicesView } from "../../../shared/pages/services-view.tsx";
import { rotas, services } from "../../../shared/runtime/stores.ts";

/** One of them may be asked for, to be changed. */
const query = z.object({ ...pageQuery, service: serviceName.optional() });

export const settingsPage = page("settings", { query }, async ({ query, page, cursor, ...viewing }) => {
  const { service } = query;
  const [{ items, next }, teams, chosen] = await Promise.all([
    services().list(page),
    rotas().list({ limit: 200, after: null }),
    service === undefined ? undefined : services().find(service),
  ]);
  return {
    title: "Services",
    content: (
      <ServicesView
        {...viewing}
        services={items}
        teams={teams.items.map(({ team }) => team)}
        chosen={chosen}
        first={page.after === null}
        next={cursor(next)}
      />
    ),
  };
});
