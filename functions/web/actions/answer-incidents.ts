import * as z from "zod";
import { id } from "../../../shared/contracts/fields.ts";
import { action } from "../../../shared/http/site.ts";
import { answerWords } from "../../../shared/pages/answer-words.ts";
import { changeDeps } from "../../../shared/runtime/deps.ts";
import { answerIncidents } from "../../../shared/use-cases/incidents/answer-incidents.ts";

const form = z.object({
  answer: z.enum(["acknowledge", "resolve"]),
  incidents: z.array(id).min(1, "must have at least one that is selected").max(200),
});

export const answerIncidentsAction = action(
  "answer-incidents",
  { form },
  async ({ form: { answer, incidents }, actor, now, back }) => {
    const answered = await answerIncidents(changeDeps(), incidents, answer, actor, now);
    return { to: back, flash: answerWords(answer, answered, now) };
  },
);
