import * as z from "zod";
import { teamName, text } from "../../../shared/contracts/fields.ts";
import { incidentParams } from "../../../shared/contracts/incidents/params.ts";
import { Conflict, NotFound } from "../../../shared/domain/errors.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { action } from "../../../shared/http/site.ts";
import { apart } from "../../../shared/pages/answer-words.ts";
import { escalateDeps } from "../../../shared/runtime/deps.ts";
import { escalateByHand } from "../../../shared/use-cases/oncall/escalate.ts";

const form = z.object({ team: teamName, reason: text(1, limits.noteLength).optional() });

export const escalateIncidentAction = action(
  "escalate-incident",
  { params: incidentParams, form },
  async ({ params, form: { team, reason = null }, actor, now, ulid, back }) => {
    try {
      const request = { team, incidentId: params.id, reason, actor };
      const { event } = await escalateByHand({ ...escalateDeps(), ulid }, request, now);
      const names = event.recipients.map(({ name, email }) => apart(name ?? email)).join(", ");
      return { to: back, flash: { kind: "done", text: `Paging ${names} (level ${event.level}).` } };
    } catch (error) {
      // Nobody to be reached, no such team, resolved meanwhile: the page that they are on says so.
      if (!(error instanceof Conflict || error instanceof NotFound)) throw error;
      return { to: back, flash: { kind: "trouble", text: `Not escalated: ${error.message}.` } };
    }
  },
);
