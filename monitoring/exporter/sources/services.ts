import { type ServiceName, serviceNames } from "../../../shared/domain/health.ts";
import type { ExporterMetrics } from "../metrics.ts";
import { freshForMs, type Source } from "../source.ts";

export interface ServicesDeps {
  /** URL without a trailing slash. */
  readonly gatewayUrl: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly metrics: ExporterMetrics;
}

const timeoutMs = 2_000;

/** Health of each service. If the gateway does not respond, the read fails and all services are down. */
export function servicesSource({ gatewayUrl, fetch, metrics }: ServicesDeps): Source {
  async function isUp(service: ServiceName): Promise<boolean> {
    const response = await fetch(`${gatewayUrl}/health/${service}`, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: "error",
    });
    await response.body?.cancel();
    return response.ok;
  }

  return {
    name: "services",
    metrics: ["service_up"],
    freshForMs,
    async read() {
      const results = await Promise.allSettled(serviceNames.map(isUp));
      metrics.replace(
        "service_up",
        serviceNames.map((service, index) => {
          const result = results[index];
          return { labels: { service }, value: result?.status === "fulfilled" && result.value ? 1 : 0 };
        }),
      );
      const failure = results.find((result) => result.status === "rejected");
      if (failure) throw new Error(`${gatewayUrl} does not respond`, { cause: failure.reason });
    },
    close: async () => {},
  };
}
