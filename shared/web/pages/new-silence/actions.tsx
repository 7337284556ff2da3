import * as z from "zod";
import { silenceDraftOf, silenceDuration, silenceInput } from "../../../contracts/alerts/silence-input.ts";
import { durationInput } from "../../../contracts/duration.ts";
import { parseAs } from "../../../contracts/fields.ts";
import { formatDuration } from "../../../domain/duration.ts";
import { Invalid } from "../../../domain/errors.ts";
import { formatMinute } from "../../../domain/time.ts";
import type { createSilence } from "../../../use-cases/alerts/create-silence.ts";
import { formatMatcher, parseMatchers } from "../../components/matchers.ts";
import { action } from "../../site/action.ts";
import { done } from "../../site/flash.ts";
import { pageHref } from "../../site/routes.ts";
import type { Wired } from "../../site/use-case.ts";
import { previewOf, type ReadLatestAlerts } from "./preview.ts";
import { NewSilenceView } from "./view.tsx";

const { matchers, comment } = silenceInput.shape;

const matcherLines = z.string().transform((text, context) => {
  const parsed = parseMatchers(text);
  if (!("invalid" in parsed)) return parseAs(matchers, parsed, context);
  context.addIssue(`must have lines such as service = checkout, not ${parsed.invalid}`);
  return z.NEVER;
});

const form = z.object({
  op: z.enum(["preview", "create"]).default("create"),
  matchers: matcherLines,
  duration: durationInput(silenceDuration),
  comment: comment.optional(),
});

interface UseCases {
  readonly createSilence: Wired<typeof createSilence>;
  readonly readLatestAlerts: ReadLatestAlerts;
}

export const createSilenceAction = action(
  { form, errorsInPlace: true },
  async ({ form: { op, matchers, duration, comment = "" }, ...sent }, useCases: UseCases) => {
    if (op === "preview")
      return {
        page: "new-silence",
        title: "New silence",
        status: 200,
        content: (
          <NewSilenceView
            {...sent}
            matchers={matchers.map(formatMatcher).join("\n")}
            duration={formatDuration(duration)}
            comment={comment}
            preview={await previewOf(useCases.readLatestAlerts, matchers)}
          />
        ),
      };
    if (comment === "") throw new Invalid([{ path: "comment", message: "is required" }]);
    const input = { matchers, duration_seconds: duration, comment, recurring: null, created_by: null };
    const { endsAt } = await useCases.createSilence(silenceDraftOf(input, sent.actor, sent.now), sent.now);
    return {
      to: pageHref("silences"),
      flash: done(`Created the silence. It ends at ${formatMinute(endsAt)}.`),
    };
  },
);
