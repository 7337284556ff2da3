import * as z from "zod";
import { teamName, text } from "../../../contracts/fields.ts";
import { incidentParams } from "../../../contracts/incidents/params.ts";
import { Conflict, Invalid } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import type { requestResponders } from "../../../use-cases/incidents/lifecycle/request-responders.ts";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import { personInput } from "../../site/forms/person-input.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";

interface UseCases {
  readonly requestResponders: Wired<typeof requestResponders>;
}

export const requestRespondersAction = action(
  {
    right: "respond",
    team: "resource",
    params: incidentParams,
    form: z.object({
      people: z.array(personInput).max(limits.respondersPerRequest).default([]),
      person: personInput.optional(),
      team: teamName.optional(),
      message: text(1, limits.responderMessageLength).optional(),
    }),
    errorsInPlace: true,
  },
  async (
    { params, form: { people: selected, person, team, message = null }, actor, now, back },
    { requestResponders }: UseCases,
  ) => {
    const people = [...selected, ...(person ? [person] : [])];
    const teams = team === undefined ? [] : [team];
    if (people.length + teams.length === 0)
      throw new Invalid([{ path: "person", message: "is required unless a person or a team is selected" }]);
    try {
      const { number } = await requestResponders(
        params.id,
        { emails: [], people, teams, message, actor },
        now,
      );
      return {
        to: pageHref("incident", { id: number }),
        flash: done("Requested responders. They are paged now."),
      };
    } catch (error) {
      if (error instanceof Invalid)
        throw new Invalid(error.faults.map(({ message }) => ({ path: "team", message })));
      // The incident is resolved, or has too many responders.
      if (!(error instanceof Conflict)) throw error;
      return { to: back, flash: trouble(`Not requested: ${error.message}.`) };
    }
  },
);
