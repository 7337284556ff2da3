import * as z from "zod";
import { id } from "../../../contracts/fields.ts";
import { endpointsOf, type PlatformAddress } from "../../../contracts/integrations/integration.ts";
import { typeNamed } from "../../../integrations/registry.ts";
import type { readIntegration } from "../../../use-cases/integrations/read-integration.ts";
import type { AlertStore } from "../../../use-cases/ports/alerts.ts";
import type { IncidentStore } from "../../../use-cases/ports/incidents.ts";
import type { ScheduleStore, ServiceStore } from "../../../use-cases/ports/oncall.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { suggestedTeams } from "../services/suggested-teams.ts";
import { IntegrationView } from "./view.tsx";

interface UseCases {
  readonly readIntegration: Wired<typeof readIntegration>;
  readonly listTeamNames: ScheduleStore["listNames"];
  readonly findService: ServiceStore["find"];
  readonly findAlert: AlertStore["find"];
  readonly findIncidentById: IncidentStore["find"];
  readonly platformAddressOf: (headers: Headers) => PlatformAddress;
}

const refreshSeconds = 2;

/** `test` is the alert of a test event, whose outcome is shown. */
export const integrationPage = page(
  { params: z.object({ id }), query: z.object({ test: id.optional() }) },
  async ({ params, query: { test }, newSecret: key, headers, ...viewing }, useCases: UseCases) => {
    const [known, teams, alert] = await Promise.all([
      useCases.readIntegration(params.id),
      viewing.viewer.may("manage") ? useCases.listTeamNames(suggestedTeams) : { items: [] },
      test === undefined ? undefined : useCases.findAlert(test),
    ]);
    const { type: typeName, service } = known.integration;
    const [owned, incident] = await Promise.all([
      useCases.findService(service),
      alert?.incidentId ? useCases.findIncidentById(alert.incidentId) : undefined,
    ]);
    const type = typeNamed(typeName);
    const shownKey = key ?? "KEY";
    const { url, emailAddress } = endpointsOf(typeName, shownKey, useCases.platformAddressOf(headers));
    const isWaiting = (test !== undefined && !alert) || known.activity.lastEventAt === null;
    return {
      title: known.integration.name,
      // A reload would lose the key.
      ...(isWaiting && key === null && { everySeconds: refreshSeconds }),
      content: (
        <IntegrationView
          {...viewing}
          known={{ ...known, team: owned?.team ?? null }}
          type={type}
          teams={teams.items}
          secret={key}
          url={url}
          address={emailAddress}
          setUp={type?.setUp?.replaceAll("{url}", url).replaceAll("{key}", shownKey) ?? null}
          test={test === undefined ? null : { alert: alert ?? null, incident: incident ?? null }}
        />
      ),
    };
  },
);
