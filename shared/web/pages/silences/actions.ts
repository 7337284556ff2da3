import * as z from "zod";
import { silenceParams } from "../../../contracts/alerts/silence.ts";
import { changedSilence } from "../../../contracts/alerts/silence-input.ts";
import { Conflict, Invalid } from "../../../domain/errors.ts";
import { hourMs } from "../../../domain/time-units.ts";
import type { endSilence } from "../../../use-cases/alerts/end-silence.ts";
import type { updateSilence } from "../../../use-cases/alerts/update-silence.ts";
import { formatMoment } from "../../components/time.tsx";
import { action } from "../../site/action.ts";
import { done, trouble } from "../../site/flash.ts";
import type { Wired } from "../../site/use-case.ts";

interface UseCases {
  readonly endSilence: Wired<typeof endSilence>;
  readonly updateSilence: Wired<typeof updateSilence>;
}

export const changeSilenceAction = action(
  {
    right: "manage",
    team: "resource",
    params: silenceParams,
    form: z.object({ change: z.enum(["extend", "end"]) }),
  },
  async (
    { params: { id }, form: { change }, now, viewer, back },
    { endSilence, updateSilence }: UseCases,
  ) => {
    if (change === "end") {
      await endSilence(id, now);
      return { to: back, flash: done("Ended the silence. Alerts that still fire page within a minute.") };
    }
    try {
      const { endsAt } = await updateSilence(
        id,
        (known) => changedSilence(known, { ends_at: known.endsAt + hourMs }, now),
        now,
      );
      return {
        to: back,
        flash: done(`Extended the silence until ${formatMoment(endsAt, viewer.timezone)}.`),
      };
    } catch (error) {
      // It has ended in the meantime, or cannot be longer.
      if (!(error instanceof Conflict || error instanceof Invalid)) throw error;
      return { to: back, flash: trouble(`Not extended: ${error.message}.`) };
    }
  },
);
