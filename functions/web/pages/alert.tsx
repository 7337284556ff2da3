import * as z from "zod";
import { presentAlert } from "../../../shared/contracts/alerts/alert.ts";
import { id } from "../../../shared/contracts/fields.ts";
import { page } from "../../../shared/http/site.ts";
import { AlertView } from "../../../shared/pages/alert-view.tsx";
import { alerts, incidents } from "../../../shared/runtime/stores.ts";
import { existing } from "../../../shared/use-cases/existing.ts";

export const alertPage = page("alert", { params: z.object({ id }) }, async ({ params, ...viewing }) => {
  const alert = existing(await alerts().find(params.id), "alert", params.id);
  const incident = alert.incidentId === null ? undefined : await incidents().find(alert.incidentId);
  return {
    title: "Alert",
    content: (
      <AlertView {...viewing} alert={alert} incident={incident ?? null} resource={presentAlert(alert)} />
    ),
  };
});
