import * as z from "zod";
import { id, teamName } from "../../../shared/contracts/fields.ts";
import { NotFound } from "../../../shared/domain/errors.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { rotas } from "../../../shared/runtime/stores.ts";
import { endOverride } from "../../../shared/use-cases/oncall/overrides.ts";

export const endOverrideAction = action(
  "end-override",
  { params: z.object({ team: teamName, id }), form: z.object({}) },
  async ({ params, now, back }) => {
    try {
      const { person } = await endOverride({ rotas: rotas() }, params.id, now);
      return { to: back, flash: { kind: "done", text: `Ended the override of ${apart(person.name)}.` } };
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return { to: back, flash: { kind: "trouble", text: "That override was ended before." } };
    }
  },
);
