import * as z from "zod";
import { id } from "../../../contracts/fields.ts";
import type { answerIncidents } from "../../../use-cases/incidents/answer-incidents.ts";
import { action } from "../../site/action.ts";
import type { Wired } from "../../site/use-case.ts";
import { answerText } from "./answer-labels.ts";

const form = z.object({
  answer: z.enum(["acknowledge", "resolve"]),
  incidents: z.array(id).min(1, "select at least one").max(200),
});

interface UseCases {
  readonly answerIncidents: Wired<typeof answerIncidents>;
}

export const answerIncidentsAction = action(
  { form },
  async ({ form: { answer, incidents }, actor, now, back }, { answerIncidents }: UseCases) => {
    const answered = await answerIncidents(incidents, answer, actor, now);
    return { to: back, flash: answerText(answer, answered, now) };
  },
);
