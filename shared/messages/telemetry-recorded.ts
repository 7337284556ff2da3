import * as z from "zod";

const labels = z.record(z.string(), z.string());

/** telemetry: what an execution environment has counted and observed since its last message. */
export const telemetryRecorded = z.object({
  version: z.literal(1),
  /** When it was sent, epoch milliseconds. */
  at: z.number(),
  counts: z.array(z.object({ name: z.string(), labels, by: z.number() })),
  /** Values in the unit of the metric. */
  observations: z.array(z.object({ name: z.string(), labels, values: z.array(z.number()) })),
});

export type Telemetry = z.output<typeof telemetryRecorded>;
