import { unknownTeamWarning } from "../../../domain/oncall/unknown-team.ts";
import type { ScheduleStore } from "../../../use-cases/ports/oncall.ts";
import { isolate } from "../../components/isolate.ts";
import { done, type Flash, trouble } from "../../site/flash.ts";

export type FindTeam = ScheduleStore["load"];

/** Returns the message of a saved form, with a warning if its team does not exist. Costs one read with a team. */
export async function savedForTeam(
  findTeam: FindTeam,
  { text, team, now }: { readonly text: string; readonly team: string | undefined; readonly now: number },
): Promise<Flash> {
  if (team === undefined || (await findTeam(team, now))) return done(text);
  return trouble(`${text} ${unknownTeamWarning(isolate(team))}`);
}
