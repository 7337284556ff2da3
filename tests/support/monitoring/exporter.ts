/** The exporter with a controllable table, queues and clock. */
import { prometheusContentType } from "prom-client";
import { onTestFinished } from "vitest";
import { type Exporter, type ExporterDeps, startExporter } from "../../../monitoring/exporter/exporter.ts";
import type { PageName } from "../../../monitoring/exporter/pages.ts";
import { memorySqs } from "../memory/memory-sqs.ts";

export const queueUrls = {
  alerts: "alerts",
  "incident-events": "events",
  notifications: "notifications",
  "incident-timers": "timers",
  telemetry: "telemetry",
};

export interface TestExporter extends Exporter {
  /** Returns every series of a page by name and labels. */
  scrape(page?: PageName | "all"): Promise<ReadonlyMap<string, number>>;
  readonly warnings: readonly string[];
}

/** Creates an exporter with healthy dependencies, unless given. */
export function anExporter(
  deps: Partial<ExporterDeps> & Pick<ExporterDeps, "table" | "clock">,
): TestExporter {
  const { client } = memorySqs(deps.clock);
  const warnings: string[] = [];
  const warn = (message: string) => void warnings.push(message);
  const exporter = startExporter({
    sqs: client,
    longPollingSqs: client,
    queues: queueUrls,
    gatewayUrl: "http://gateway",
    fetch: async () => new Response("{}"),
    log: { info: () => {}, warn, error: warn },
    ...deps,
  });
  onTestFinished(() => exporter.close());
  return {
    ...exporter,
    warnings,
    scrape: async (page = "all") => seriesIn(await exporter.page(page, prometheusContentType)),
  };
}

/** Parses series as Prometheus does. @throws if a series is duplicated */
export function seriesIn(text: string): ReadonlyMap<string, number> {
  const series = new Map<string, number>();
  for (const line of text.split("\n").filter((each) => each !== "" && !each.startsWith("#"))) {
    const end = line.lastIndexOf(" ");
    const name = line.slice(0, end);
    if (series.has(name)) throw new Error(`${name} stands there twice`);
    series.set(name, Number(line.slice(end + 1)));
  }
  return series;
}
