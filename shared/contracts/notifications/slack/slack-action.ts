import * as z from "zod";
import { chatActions } from "../../../domain/incidents/incident-action.ts";
import { snoozeChoices } from "../../../domain/incidents/snooze/snooze-choice.ts";
import { parseJsonOrUndefined } from "../../../domain/json.ts";
import { limits } from "../../../domain/limits.ts";
import { id } from "../../fields.ts";

/** Slack user. The most readable name is used. */
const user = z
  .object({ name: z.string().optional(), username: z.string().optional(), id: z.string() })
  .transform(({ name, username, id }) => ({
    id,
    name: (name || username || id).slice(0, limits.personNameLength).toWellFormed(),
  }));

const button = z
  .object({ action_id: z.enum(chatActions), value: id })
  .transform(({ action_id: action, value: incidentId }) => ({ action, incidentId }));

/** The value of an option is the choice and the incident's ID. */
const snooze = z
  .object({
    action_id: z.literal("snooze"),
    selected_option: z.object({
      value: z
        .string()
        .transform((value) => value.split(" "))
        .pipe(z.tuple([z.enum(snoozeChoices), id])),
    }),
  })
  .transform(({ selected_option: { value } }) => ({ action: value[0], incidentId: value[1] }));

const payload = z.object({
  type: z.literal("block_actions"),
  user,
  actions: z.tuple([z.union([button, snooze])]),
  response_url: z.string().nullable().default(null),
  trigger_id: z.string().min(1).max(255).optional(),
});

/** Reads the pressed button or the chosen snooze from a Slack form; undefined for other interactions. */
export function readSlackAction(form: string) {
  const json = new URLSearchParams(form).get("payload") ?? "";
  const result = payload.safeParse(parseJsonOrUndefined(json));
  if (!result.success) return undefined;
  const {
    actions: [{ action, incidentId }],
    user,
    response_url: responseUrl,
    trigger_id: id,
  } = result.data;
  return { id, action, incidentId, user, responseUrl };
}
