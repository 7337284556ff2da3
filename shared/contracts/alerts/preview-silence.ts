import * as z from "zod";
import type { RecordedAlert } from "../../domain/alerts/alert.ts";
import { activePeriods, type Silence } from "../../domain/alerts/silence.ts";
import { limits } from "../../domain/limits.ts";
import { formatInstant } from "../../domain/time.ts";
import { defineContract } from "../contract.ts";
import { instant } from "../fields.ts";
import { alertResource, presentAlert } from "./alert.ts";
import { examinedFields, presentExamined } from "./examined.ts";
import { silencePreviewInput } from "./silence-input.ts";

export const previewSilenceContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/silences/preview",
  summary: "Preview a silence",
  description: "Compares a silence with the latest alerts without creating it.",
  right: "read",
  body: silencePreviewInput,
  status: 200,
  response: z.object({
    ...examinedFields,
    matched: z.int().meta({ description: "Number of them that it matches." }),
    alerts: z
      .array(alertResource)
      .meta({ description: `The latest of these, at most ${limits.previewedAlerts}.` }),
    active: z
      .array(z.object({ start: instant, end: instant }))
      .meta({ description: `Its next periods of activity, at most ${limits.previewedPeriods}.` }),
  }),
});

export function presentSilencePreview(
  silence: Pick<Silence, "startsAt" | "endsAt" | "windows">,
  examined: { readonly alerts: readonly RecordedAlert[]; readonly complete: boolean },
  matched: readonly RecordedAlert[],
  now: number,
): z.input<typeof previewSilenceContract.response> {
  const periods = activePeriods(silence, now, limits.previewedPeriods);
  return {
    ...presentExamined(examined),
    matched: matched.length,
    alerts: matched.slice(0, limits.previewedAlerts).map(presentAlert),
    active: periods.map(({ start, end }) => ({ start: formatInstant(start), end: formatInstant(end) })),
  };
}
