import * as z from "zod";
import { formatInstant } from "../../domain/time.ts";
import { instant } from "../fields.ts";

interface Examined {
  readonly alerts: readonly { readonly receivedAt: number }[];
  readonly complete: boolean;
}

/** Fields of previews that describe the alerts that were compared. */
export const examinedFields = {
  examined: z.int().meta({ description: "Number of latest alerts that were compared." }),
  examined_since: instant
    .nullable()
    .meta({ description: "Time at which the oldest of them was received; null without alerts." }),
  complete: z.boolean().meta({
    description:
      "False if fewer alerts than usual were compared, because the regular expressions or the alerts are large.",
  }),
};

/** @param alerts newest first */
export function presentExamined({ alerts, complete }: Examined) {
  const oldest = alerts.at(-1);
  return {
    examined: alerts.length,
    examined_since: oldest ? formatInstant(oldest.receivedAt) : null,
    complete,
  };
}
