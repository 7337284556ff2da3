/** Calls of Slack's Web API with a bot's token (docs.slack.dev/apis/web-api). */
import * as z from "zod";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import type { Http } from "../../outbound/http.ts";
import { headerText, webUrl } from "../../validation/settings.ts";
import { call } from "../provider/provider.ts";
import { permanent, type Success } from "../provider/refusal.ts";

/** Settings of the bot. */
export const slackBotFields = () => ({
  SLACK_BASE_URL: webUrl.prefault("https://slack.com"),
  SLACK_BOT_TOKEN: headerText,
});

export interface SlackApi {
  readonly http: Http;
  /** URL without a trailing slash. */
  readonly baseUrl: string;
  readonly token: string;
}

const answerSchema = z.object({
  error: z.string().optional(),
  channel: z.string().optional().catch(undefined),
  ts: z.string().optional(),
  user: z.object({ id: z.string() }).optional().catch(undefined),
  messages: z
    .array(
      z.object({
        ts: z.string(),
        metadata: z
          .object({
            event_payload: z.object({
              incident_id: z.string().optional().catch(undefined),
              notification_id: z.string().optional().catch(undefined),
            }),
          })
          .optional()
          .catch(undefined),
      }),
    )
    .optional(),
});
type Answer = z.output<typeof answerSchema>;

/** Methods that read, which take no JSON. */
const reading = /^(conversations\.(history|replies)|users\.lookupByEmail)$/;

/** @throws TemporaryFailure or PermanentFailure, with Slack's error */
export async function askSlack(
  { http, baseUrl, token }: SlackApi,
  message: OutgoingMessage,
  method: string,
  body: Readonly<Record<string, unknown>>,
): Promise<{ readonly detail: string; readonly answer: Answer }> {
  let answer: Answer = {};
  const { detail } = await call({
    http,
    message,
    request: {
      url: `${baseUrl}/api/${method}`,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": reading.test(method)
          ? "application/x-www-form-urlencoded"
          : "application/json; charset=utf-8",
      },
      body: reading.test(method) ? formOf(body) : JSON.stringify(body),
    },
    secrets: [token],
    success,
    summary(text) {
      answer = readAnswer(text);
      return answer.error ?? (answer.ts === undefined ? text : `message ${answer.ts}`);
    },
  });
  return { detail, answer };
}

function formOf(body: Readonly<Record<string, unknown>>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) if (value !== undefined) form.set(name, String(value));
  return form.toString();
}

/** Returns no fields for a response that is no JSON. */
function readAnswer(text: string): Answer {
  try {
    return answerSchema.safeParse(JSON.parse(text)).data ?? {};
  } catch {
    return {};
  }
}

/** Errors that a retry may fix. All others need someone to change the app, the chat or the message. */
const temporaryErrors: ReadonlySet<string> = new Set([
  "fatal_error",
  "internal_error",
  "ratelimited",
  "rate_limited",
  "request_timeout",
  "service_unavailable",
  "team_added_to_org",
]);

const success: Success = {
  texts: [],
  refusalIn: (_, { ok, error }) =>
    ok === false && typeof error === "string" && !temporaryErrors.has(error) ? permanent : null,
};
