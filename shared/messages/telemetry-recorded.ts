import * as z from "zod";

const labels = z.record(z.string(), z.string());

/** telemetry: counts and observations of an execution environment since its last message. */
export const telemetryRecorded = z.object({
  version: z.literal(1),
  /** Time of sending, epoch milliseconds. */
  at: z.number(),
  counts: z.array(z.object({ name: z.string(), labels, by: z.number() })),
  /** Values in the metric's unit. */
  observations: z.array(z.object({ name: z.string(), labels, values: z.array(z.number()) })),
});

export type Telemetry = z.output<typeof telemetryRecorded>;
