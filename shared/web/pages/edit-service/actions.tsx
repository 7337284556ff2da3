import * as z from "zod";
import { serviceParams } from "../../../contracts/oncall/services/service.ts";
import { serviceBase } from "../../../domain/edit-base.ts";
import { EditConflict, NotFound } from "../../../domain/errors.ts";
import type { deleteService } from "../../../use-cases/oncall/services/delete-service.ts";
import type { saveService } from "../../../use-cases/oncall/services/save-service.ts";
import type { ScheduleStore, ServiceStore } from "../../../use-cases/ports/oncall.ts";
import { isolate } from "../../components/isolate.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { hasErrorsToShow } from "../../site/forms/form-tree.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";
import { type FindTeam, savedForTeam } from "../services/saved-for-team.ts";
import { suggestedTeams } from "../services/suggested-teams.ts";
import { readServiceForm } from "./form.ts";
import { ServiceEditorView } from "./view.tsx";

interface UseCases {
  readonly saveService: Wired<typeof saveService>;
  readonly deleteService: Wired<typeof deleteService>;
  readonly findService: ServiceStore["find"];
  readonly loadSchedule: FindTeam;
  readonly listTeamNames: ScheduleStore["listNames"];
}

export const editServiceAction = action(
  {
    right: "manage",
    team: "resource",
    params: serviceParams,
    form: z.object({ op: z.string().default("edit"), base: z.string().default("") }),
  },
  async ({ params: { service }, form: { op, base }, ...sent }, useCases: UseCases) => {
    const { fields, ...form } = readServiceForm(sent.fields, op);
    const { now } = sent;
    let conflict: EditConflict | undefined;
    if (op === "save" && fields) {
      try {
        await useCases.saveService(service, fields, base, now);
        const flash = await savedForTeam(useCases.loadSchedule, {
          text: `Saved ${isolate(service)}.`,
          team: fields.team,
          now,
        });
        return { to: pageHref("service", { service }), flash };
      } catch (error) {
        if (!(error instanceof EditConflict)) throw error;
        conflict = error;
      }
    }
    const [known, teams] = await Promise.all([
      useCases.findService(service),
      useCases.listTeamNames(suggestedTeams),
    ]);
    const faults = hasErrorsToShow(op, form.faults) ? form.faults : (conflict?.faults ?? []);
    return {
      page: "edit-service",
      title: "Edit service",
      status: conflict ? 409 : faults.length > 0 ? 422 : 200,
      content: (
        <ServiceEditorView
          {...sent}
          {...form}
          faults={faults}
          service={service}
          teams={teams.items}
          base={conflict && known ? serviceBase(known) : base}
          isStored={known !== undefined}
        />
      ),
    };
  },
);

export const deleteServiceAction = action(
  { right: "manage", team: "resource", params: serviceParams, form: z.object({}) },
  async ({ params: { service } }, { deleteService }: UseCases) => {
    try {
      await deleteService(service);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return { to: pageHref("services"), flash: trouble("This service has already been deleted.") };
    }
    return { to: pageHref("services"), flash: done(`Deleted ${isolate(service)}.`) };
  },
);
