import * as z from "zod";
import { jsonIn } from "./json-in.ts";

const team = z.string().max(32);
const inPayload = z
  .object({ team: z.object({ id: team }), user: z.object({ team_id: team.optional() }) })
  .transform(({ team, user }) => [team.id, user.team_id]);
const inEvent = z
  .object({ team_id: team, event: z.object({ team: team.optional() }) })
  .transform(({ team_id, event }) => [team_id, event.team]);

/**
 * Returns the IDs of the workspaces that a request of Slack comes from: that of the app, and that of the person, who may be
 * a guest in a shared channel. None if the request names none.
 */
export function workspacesOf(body: string): readonly string[] {
  return [...new Set(named(body).filter((id) => typeof id === "string"))];
}

function named(body: string): readonly (string | null | undefined)[] {
  if (body.startsWith("{")) return inEvent.safeParse(jsonIn(body)).data ?? [];
  const form = new URLSearchParams(body);
  const payload = form.get("payload");
  return payload === null ? [form.get("team_id")] : (inPayload.safeParse(jsonIn(payload)).data ?? []);
}
