import * as z from "zod";
import { parseJsonOrUndefined } from "../../../domain/json.ts";

const team = z.string().max(32);
/** `team` is null if a whole organization has installed the app. */
const inPayload = z
  .object({ team: z.object({ id: team }).nullish(), user: z.object({ team_id: team.optional() }) })
  .transform(({ team, user }) => [team?.id, user.team_id]);
/** The workspace of an event may be that of its author. `authorizations` have the one that installed the app. */
const inEvent = z
  .object({
    team_id: team,
    authorizations: z.array(z.object({ team_id: team.nullish() })).optional(),
    event: z.object({ team: team.optional() }),
  })
  .transform(({ team_id, authorizations = [], event }) => [
    team_id,
    event.team,
    ...authorizations.map(({ team_id }) => team_id),
  ]);

/**
 * Returns true if a member of the app's own workspace caused a request of Slack, and false for people of other workspaces
 * in shared channels.
 *
 * @param workspace its ID. If it is empty, a request with several workspaces is not a member's.
 */
export function isFromMember(body: string, workspace: string): boolean {
  const [first, ...others] = new Set(named(body).filter((id) => typeof id === "string" && id !== ""));
  if (workspace !== "" && first !== workspace) return false;
  return others.length === 0;
}

function named(body: string): readonly (string | null | undefined)[] {
  if (body.startsWith("{")) return inEvent.safeParse(parseJsonOrUndefined(body)).data ?? [];
  const form = new URLSearchParams(body);
  const payload = form.get("payload");
  return payload === null
    ? [form.get("team_id")]
    : (inPayload.safeParse(parseJsonOrUndefined(payload)).data ?? []);
}
