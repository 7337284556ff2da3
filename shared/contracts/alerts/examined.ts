import * as z from "zod";
import { formatInstant } from "../../domain/time.ts";
import { instant } from "../fields.ts";

/** Fields of previews that describe the alerts that were compared. */
export const examinedFields = {
  examined: z.int().meta({ description: "Number of latest alerts that were compared." }),
  examined_since: instant
    .nullable()
    .meta({ description: "Receipt of the oldest of them; null without alerts." }),
};

/** @param alerts newest first */
export function presentExamined(alerts: readonly { readonly receivedAt: number }[]) {
  const oldest = alerts.at(-1);
  return { examined: alerts.length, examined_since: oldest ? formatInstant(oldest.receivedAt) : null };
}
