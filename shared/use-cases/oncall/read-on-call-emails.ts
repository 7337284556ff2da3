import { isPseudonym } from "../../domain/access/forget/pseudonym.ts";
import { emailsOnCallAt } from "../../domain/oncall/on-call.ts";
import type { ScheduleStore } from "../ports/oncall.ts";

/** Reads the emails of the people on call for a team, for channels that follow its schedule. */
export async function readOnCallEmails(
  { schedules }: { readonly schedules: Pick<ScheduleStore, "load"> },
  team: string,
  now: number,
): Promise<readonly string[]> {
  const loaded = await schedules.load(team, now);
  return loaded ? emailsOnCallAt(loaded.history, now).filter((email) => !isPseudonym(email)) : [];
}
