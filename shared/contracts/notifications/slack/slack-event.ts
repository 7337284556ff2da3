/** Requests of Slack's Events API (docs.slack.dev/apis/events-api), in JSON. */
import * as z from "zod";
import { parseJsonOrUndefined } from "../../../domain/json.ts";
import { markdownOf } from "./slack-text.ts";

const textLength = 40_000;
const slackId = z.string().regex(/^[A-Z0-9]{1,32}$/);
const time = z.string().regex(/^\d{1,16}\.\d{1,9}$/);

const challenge = z.object({ type: z.literal("url_verification"), challenge: z.string().max(1_000) });

/** A message of a person. Those of apps have a `bot_id`, and changes a `subtype`. */
const reply = z.object({
  type: z.literal("event_callback"),
  event_id: z.string().min(1).max(64),
  event: z.object({
    type: z.literal("message"),
    subtype: z.enum(["thread_broadcast", "file_share"]).optional(),
    bot_id: z.undefined().optional(),
    user: slackId,
    channel: slackId,
    text: z.string().max(textLength),
    ts: time,
    thread_ts: time,
  }),
});

export type SlackEvent =
  /** Slack asks whether the URL belongs to the platform. */
  | { readonly kind: "challenge"; readonly challenge: string }
  | {
      readonly kind: "thread_message";
      /** The same when Slack repeats it. */
      readonly id: string;
      readonly userId: string;
      /** Channel and time of the message that the thread belongs to. */
      readonly thread: string;
      /** In Markdown. */
      readonly text: string;
    }
  /** Nothing to do. */
  | { readonly kind: "other" };

/** Reads an event; undefined if the body is no JSON object, but for example a form. */
export function readSlackEvent(body: string): SlackEvent | undefined {
  if (!body.startsWith("{")) return undefined;
  const json = parseJsonOrUndefined(body);
  const asked = challenge.safeParse(json).data;
  if (asked) return { kind: "challenge", challenge: asked.challenge };
  const { data } = reply.safeParse(json);
  // The first message of a thread belongs to it too.
  if (!data || data.event.ts === data.event.thread_ts) return { kind: "other" };
  const { user: userId, channel, thread_ts: ts, text } = data.event;
  return {
    kind: "thread_message",
    id: data.event_id,
    userId,
    thread: `${channel}:${ts}`,
    text: markdownOf(text),
  };
}
