import * as z from "zod";
import {
  silenceDraftOf,
  silenceDuration,
  silenceInput,
  silenceScopeOf,
} from "../../../contracts/alerts/silence-input.ts";
import { durationInput } from "../../../contracts/duration.ts";
import { parseAs } from "../../../contracts/fields.ts";
import { localTime, timezone } from "../../../contracts/oncall/local.ts";
import { type Fault, Invalid } from "../../../domain/errors.ts";
import { firstInstantOf, weekdays } from "../../../domain/wall-clock.ts";
import { parse } from "../../../http/request/query.ts";
import type { createSilence } from "../../../use-cases/alerts/create-silence.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { parseMatchers } from "../../components/alerts/matchers.ts";
import { formatMoment } from "../../components/time.tsx";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { fieldOf } from "../../site/forms/form.ts";
import { localMinute } from "../../site/forms/local-minute.ts";
import { pageHref } from "../../site/routes.ts";
import type { Cached, Wired } from "../../site/use-case.ts";
import { previewOf, type ReadMatchingAlerts } from "./preview.ts";
import { NewSilenceView } from "./view.tsx";
import { recurringOf } from "./windows.ts";

const { matchers, comment, recurring } = silenceInput.shape;

const matcherLines = z.string().transform((text, context) => {
  const parsed = parseMatchers(text);
  if (!("invalid" in parsed)) return parseAs(matchers, parsed, context);
  context.addIssue(`must have lines such as service = checkout, not ${parsed.invalid}`);
  return z.NEVER;
});

const form = z.object({
  op: z.enum(["preview", "create"]).default("create"),
  matchers: matcherLines,
  start: localMinute.optional(),
  duration: durationInput(silenceDuration).optional(),
  timezone: timezone.default("UTC"),
  days: z.array(z.enum(weekdays)).default([]),
  from: localTime.default("00:00"),
  to: localTime.default("06:00"),
  comment: comment.optional(),
});

type Form = z.output<typeof form>;

interface UseCases {
  readonly createSilence: Wired<typeof createSilence>;
  readonly readMatchingAlerts: ReadMatchingAlerts;
  readonly recentAlertingCounts: Cached<AlertingCounts>;
}

export const createSilenceAction = action(
  { right: "manage", team: "resource", form, errorsInPlace: true },
  async ({ form, ...sent }, useCases: UseCases) => {
    const input = { ...scopeOf(form), comment: form.comment ?? "", created_by: null };
    const scope = withFormPaths(() => silenceScopeOf(input, sent.now));
    if (form.op === "preview") {
      const text = (name: string) => fieldOf(sent.fields, name) ?? "";
      return {
        page: "new-silence",
        title: "New silence",
        status: 200,
        content: (
          <NewSilenceView
            {...sent}
            counts={(await useCases.recentAlertingCounts(sent.now)).value}
            values={{
              matchers: text("matchers"),
              start: text("start"),
              duration: text("duration"),
              comment: text("comment"),
              from: form.from,
              to: form.to,
              timezone: form.timezone,
              days: form.days,
            }}
            preview={await previewOf(useCases.readMatchingAlerts, scope, sent.now)}
          />
        ),
      };
    }
    if (form.comment === undefined) throw new Invalid([{ path: "comment", message: "is required" }]);
    const { endsAt } = await useCases.createSilence(silenceDraftOf(input, sent.actor, sent.now), sent.now);
    return {
      to: pageHref("silences"),
      flash: done(`Created the silence. It ends at ${formatMoment(endsAt, sent.viewer.timezone)}.`),
    };
  },
);

/** Converts the form to the API's fields. @throws Invalid */
function scopeOf(form: Form) {
  const { matchers, start, duration, timezone, days } = form;
  if (duration === undefined && days.length === 0)
    throw new Invalid([{ path: "duration", message: "is required unless the silence repeats" }]);
  const windows = recurringOf(form);
  return {
    matchers,
    recurring: withFormPaths(() => parse(z.object({ recurring }), { recurring: windows })).recurring,
    ...(start !== undefined && { starts_at: firstInstantOf(start, timezone) }),
    ...(duration !== undefined && { duration_seconds: duration }),
  };
}

/** Names of the form's fields by the paths of the API's that differ. */
const formFields: readonly (readonly [path: RegExp, field: string])[] = [
  [/^(ends_at|duration_seconds)$/, "duration"],
  [/^starts_at$/, "start"],
  [/^recurring\b/, "to"],
];

function withFormPaths<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid(error.faults.map(toFormPath));
  }
}

function toFormPath({ path, message }: Fault): Fault {
  const [, field = path] = formFields.find(([pattern]) => pattern.test(path)) ?? [];
  return { path: field, message: message.replace("starts_at", "the start") };
}
