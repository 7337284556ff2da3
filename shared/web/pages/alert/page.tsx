import * as z from "zod";
import { presentAlert } from "../../../contracts/alerts/alert.ts";
import { id } from "../../../contracts/fields.ts";
import { NotFound } from "../../../domain/errors.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import type { AlertStore } from "../../../use-cases/ports/alerts.ts";
import type { IncidentStore } from "../../../use-cases/ports/incidents.ts";
import type { Page } from "../../../use-cases/ports/page.ts";
import { ownersIn } from "../../components/owner-of-service.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { AlertView } from "./view.tsx";

interface UseCases {
  readonly findAlert: AlertStore["find"];
  readonly findIncidentById: IncidentStore["find"];
  readonly recentServices: Cached<Page<Service>>;
}

export const alertPage = page(
  { params: z.object({ id }) },
  async ({ params, ...viewing }, { findAlert, findIncidentById, recentServices }: UseCases) => {
    const alert = await findAlert(params.id);
    if (!alert) throw new NotFound("alert", params.id);
    const [incident, { value: services }] = await Promise.all([
      alert.incidentId === null ? undefined : findIncidentById(alert.incidentId),
      recentServices(viewing.now),
    ]);
    return {
      title: "Alert",
      content: (
        <AlertView
          {...viewing}
          alert={alert}
          incident={incident ?? null}
          owner={ownersIn(services)(alert.service)}
          resource={presentAlert(alert)}
        />
      ),
    };
  },
);
