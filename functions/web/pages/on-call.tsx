import * as z from "zod";
import { pageQuery } from "../../../shared/contracts/fields.ts";
import { page } from "../../../shared/http/site.ts";
import { OnCallView } from "../../../shared/pages/on-call-view.tsx";
import { rotas } from "../../../shared/runtime/stores.ts";
import { listTeamsAhead } from "../../../shared/use-cases/oncall/read-team-calendar.ts";

export const onCallPage = page(
  "on-call",
  { query: z.object(pageQuery) },
  async ({ page, cursor, ...viewing }) => {
    const { items, next } = await listTeamsAhead({ rotas: rotas() }, page, viewing.now);
    return {
      title: "On call",
      everySeconds: 30,
      content: <OnCallView {...viewing} teams={items} first={page.after === null} next={cursor(next)} />,
    };
  },
);
