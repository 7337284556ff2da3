import * as z from "zod";
import { id } from "../../../contracts/fields.ts";
import type { respondToIncidents } from "../../../use-cases/incidents/respond-to-incidents.ts";
import { action } from "../../site/action.ts";
import type { Wired } from "../../site/use-case.ts";
import { resultText } from "./action-labels.ts";

const form = z.object({
  response: z.enum(["acknowledge", "resolve"]),
  incidents: z.array(id).min(1, "select at least one").max(200),
});

interface UseCases {
  readonly respondToIncidents: Wired<typeof respondToIncidents>;
}

export const respondToIncidentsAction = action(
  { form },
  async ({ form: { response, incidents }, actor, now, back }, { respondToIncidents }: UseCases) => {
    const results = await respondToIncidents(incidents, response, actor, now);
    return { to: back, flash: resultText(response, results, now) };
  },
);
