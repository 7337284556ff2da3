/** Emails of monitoring systems, sent to an address with the integration's key. See docs/email.md. */
import * as z from "zod";
import { cut } from "../domain/integrations/draft.ts";
import type { MonitoringEvent } from "../domain/integrations/monitoring-event.ts";
import { limits } from "../domain/limits.ts";
import { type ReceivedEmail, reasonToIgnore } from "../domain/notifications/received-email.ts";
import { oneLine } from "../domain/text/lines.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import { receivedEmail } from "../validation/received-email.ts";
import { read } from "./common/read.ts";
import { refusePlainly } from "./common/refuse-plainly.ts";
import { severitySetting } from "./common/severity-setting.ts";
import { problemOf, readSubject } from "./common/subject.ts";
import type { IntegrationType } from "./integration-type.ts";

const pattern = z
  .string()
  .max(limits.patternLength)
  .refine(isPattern, "must be an RE2 regular expression, without lookaround and references");

const settings = z.strictObject({
  severity: severitySetting,
  /** Emails whose subjects have the same match, or group, are one problem. Default: the subject without its marks. */
  dedup_pattern: pattern.optional(),
  /** Subjects with a match resolve the problem. Default: marks such as `[RESOLVED]` or `OK:`. */
  resolve_pattern: pattern.optional(),
});
type Settings = z.output<typeof settings>;

export const email = {
  title: "Email",
  receivesEmail: true,
  url: "/integrations/{key}",
  setUp: `curl '{url}' -H 'content-type: application/json' \\
  -d '{"sender": "nagios@example.com", "subject": "PROBLEM: disk is full", "text": "/var has 1% left"}'`,
  settings,
  routes: [
    {
      method: "POST",
      path: "",
      async handle({ json }, context) {
        const received = read(receivedEmail, json());
        const reason = reasonToIgnore(received);
        if (reason !== undefined) {
          context.warn(`Ignored an email, because ${reason}: ${received.subject}`);
          return { status: 200, body: { status: "ignored", reason } };
        }
        const event = eventOf(received, settings.parse(context.integration.settings), context);
        const [alertId] = await context.take([event]);
        return { status: 202, body: { status: "accepted", alert_id: alertId, dedup_key: event.dedupKey } };
      },
    },
  ],
  refuse: refusePlainly,
} satisfies IntegrationType;

function eventOf(
  { sender, from, subject: raw, text, message_id, attachments }: ReceivedEmail,
  { severity, dedup_pattern, resolve_pattern }: Settings,
  context: IntegrationContext,
): MonitoringEvent {
  const subject = oneLine(raw);
  const { about, isOver } = readSubject(subject);
  const found = findIn(subject, dedup_pattern, context);
  const end = findIn(subject, resolve_pattern, context);
  const isResolved = resolve_pattern === undefined || end === null ? isOver : end !== undefined;
  const files = attachments.map(
    ({ name, type, bytes }) => `${name} (${type}, ${Math.ceil(bytes / 1_024)} KiB)`,
  );
  return {
    action: isResolved ? "resolve" : "trigger",
    ...problemOf(subject, found?.toLowerCase() ?? about, from || sender),
    details: cut(text.trim(), limits.messageLength),
    severity,
    source: from || sender,
    labels: {
      from: from || sender,
      message_id: message_id ?? undefined,
      attachments: files.length === 0 ? undefined : files.join(", "),
    },
    ...(message_id !== null && { eventId: context.sha256(message_id) }),
  };
}

/** Returns the match of a pattern, null without a pattern that RE2 can use: an email must not be lost for it. */
function findIn(
  subject: string,
  pattern: string | undefined,
  { patterns, warn }: IntegrationContext,
): string | undefined | null {
  if (pattern === undefined) return null;
  const caseInsensitive = `(?i)${pattern}`;
  const fault = patterns.fault(caseInsensitive);
  if (fault === null) return patterns.find(caseInsensitive, subject);
  warn(`The pattern ${pattern} ${fault}. The subject was read without it.`);
  return null;
}

function isPattern(text: string): boolean {
  // RE2 has neither lookaround nor references.
  if (/\(\?(<?[=!])|\\[1-9k]/.test(text)) return false;
  try {
    return new RegExp(text, "iu") instanceof RegExp;
  } catch {
    return false;
  }
}
