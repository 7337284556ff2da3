import * as z from "zod";
import { presentAlert } from "../../../contracts/alerts/alert.ts";
import { id } from "../../../contracts/fields.ts";
import { NotFound } from "../../../domain/errors.ts";
import type { AlertStore } from "../../../use-cases/ports/alerts.ts";
import type { IncidentStore } from "../../../use-cases/ports/incidents.ts";
import { page } from "../../site/page.ts";
import { AlertView } from "./view.tsx";

interface UseCases {
  readonly findAlert: AlertStore["find"];
  readonly findIncidentById: IncidentStore["find"];
}

export const alertPage = page(
  { params: z.object({ id }) },
  async ({ params, ...viewing }, { findAlert, findIncidentById }: UseCases) => {
    const alert = await findAlert(params.id);
    if (!alert) throw new NotFound("alert", params.id);
    const incident = alert.incidentId === null ? undefined : await findIncidentById(alert.incidentId);
    return {
      title: "Alert",
      content: (
        <AlertView {...viewing} alert={alert} incident={incident ?? null} resource={presentAlert(alert)} />
      ),
    };
  },
);
