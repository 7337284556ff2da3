/** Parts of the benchmark by name. Each runs in a process of its own, which loads only that part. */
import type { Row } from "./report.ts";

export interface Size {
  readonly quick: boolean;
  /** Number of incidents of the large list. */
  readonly incidents: number;
}

type Part = (size: Size) => Promise<Row[]>;

export type Parts = Readonly<Record<string, Part>>;

export const parts: Parts = {
  load: async ({ quick }) =>
    (await import("./load.ts")).measureLoad(
      quick ? { connections: [50], seconds: 2 } : { connections: [1, 10, 50], seconds: 3 },
    ),
  pipeline: async ({ quick }) =>
    (await import("./pipeline.ts")).measurePipeline(
      quick
        ? { pages: 10, alerts: 300, keys: 100, hot: 50 }
        : { pages: 50, alerts: 1_000, keys: 200, hot: 300 },
    ),
  sustained: async ({ quick }) =>
    (await import("./sustained.ts")).measureSustained({ alerts: quick ? 1_000 : 10_000, keys: 100 }),
  steady: async ({ quick }) =>
    (await import("./steady.ts")).measureSteady({ perSecond: 300, seconds: quick ? 5 : 60 }),
  incidents: async ({ quick }) => (await import("./incidents.ts")).measureIncidents(quick ? 100 : 500),
  arrival: async ({ quick }) => (await import("./arrival.ts")).measureArrival(quick ? 30 : 200),
  notifications: async ({ quick }) =>
    (await import("./notifications.ts")).measureNotifications(quick ? 20 : 100),
  footprint: async ({ quick }) =>
    (await import("./footprint.ts")).measureFootprint(
      quick ? { starts: 1, loads: [1] } : { starts: 3, loads: [1, 5, 10] },
    ),
  lifecycle: async ({ quick }) => (quick ? [] : (await import("./lifecycle/model-runs.ts")).runModel(10_000)),
  costs: async () => (await import("./costs.ts")).measureCosts(),
  scale: async ({ quick }) => (await import("./scale.ts")).measureScale({ services: quick ? 160 : 400 }),
  growth: async ({ quick }) =>
    (await import("./growth.ts")).measureGrowth(quick ? [100, 1_000] : [100, 1_000, 10_000, 100_000]),
  stats: async ({ incidents }) => (await import("./stats.ts")).measureStats(incidents),
  telemetry: async ({ quick }) => (await import("./telemetry.ts")).measureTelemetry(quick ? 20_000 : 200_000),
  exporter: async ({ quick, incidents }) =>
    (await import("./exporter.ts")).measureExporter({ incidents, scrapes: quick ? 20 : 100 }),
  bundles: async ({ quick }) =>
    (await import("./bundles.ts")).measureBundles({ runs: quick ? 3 : 15, shown: 5 }),
  web: async ({ quick }) => (await import("./web.ts")).measureWeb(quick ? 5 : 30),
  backup: async ({ incidents }) => (await import("./backup.ts")).measureBackup(incidents / 2),
  integrations: async ({ quick }) =>
    (await import("./integrations.ts")).measureIntegrations({ connections: 10, seconds: quick ? 1 : 2 }),
  "on-call": async ({ quick }) => (await import("./on-call.ts")).measureOnCall(quick ? 5_000 : 20_000),
};
