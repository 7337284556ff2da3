import { serviceParams } from "../../../contracts/oncall/services/service.ts";
import { serviceBase } from "../../../domain/edit-base.ts";
import type { readService } from "../../../use-cases/oncall/services/read-service.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import { page } from "../../site/page.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";
import { suggestedTeams } from "../services/suggested-teams.ts";
import { formOfService } from "./form.ts";
import { ServiceEditorView } from "./view.tsx";

interface UseCases {
  readonly readService: Wired<typeof readService>;
  readonly listTeamNames: ScheduleStore["listNames"];
}

/** Reads the service, its team, and the names of up to 200 teams: about ten read units. */
export const editServicePage = page(
  { right: "manage", params: serviceParams },
  async ({ params: { service }, ...viewing }, { readService, listTeamNames }: UseCases) => {
    const [{ settings, team }, teams] = await Promise.all([
      readService(service, viewing.now),
      listTeamNames(suggestedTeams),
    ]);
    if (!viewing.viewer.may("manage", { team: settings?.team }))
      return { redirectTo: pageHref("service", { service }) };
    return {
      title: "Edit service",
      content: (
        <ServiceEditorView
          {...viewing}
          {...formOfService(settings, team)}
          service={service}
          teams={teams.items}
          base={settings ? serviceBase(settings) : ""}
          isStored={settings !== undefined}
        />
      ),
    };
  },
);
