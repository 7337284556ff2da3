import * as z from "zod";
import { snoozeChoices } from "../../domain/incidents/snooze/snooze-choice.ts";
import { limits } from "../../domain/limits.ts";
import { text } from "../fields.ts";

export const linkParams = z.object({
  token: z.string().meta({ description: "Signed token with the incident, the action and the actor." }),
});

export const linkErrors = {
  404: "The link's signature is invalid, or its incident does not exist",
  410: "The link has expired",
};

/** Actions whose result the page shows after a redirect, so that loading it again does not repeat them. */
export const redirectedActions = ["note", "escalate", "snooze"] as const;

/** Actions of the buttons of a link's page. Without a button, a link does what it was made for. */
export const linkForm = z.discriminatedUnion(
  "do",
  [
    z.object({ do: z.literal("acknowledge") }),
    z.object({ do: z.literal("resolve") }),
    z.object({ do: z.literal("escalate"), reason: text(1, limits.noteLength).optional() }),
    z.object({ do: z.literal("snooze"), for: z.enum(snoozeChoices) }),
    z.object({ do: z.literal("note"), content: text(1, limits.noteLength) }),
  ],
  { error: "must be one of acknowledge, resolve, escalate, snooze, note" },
);
export type LinkForm = z.output<typeof linkForm>;
