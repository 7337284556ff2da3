import { type ServiceName, serviceNames } from "../../../shared/domain/health.ts";
import type { ExporterMetrics } from "../metrics.ts";
import { freshForMs, type Source } from "../source.ts";

export interface ServicesDeps {
  /** Without a slash at its end. */
  readonly gatewayUrl: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly metrics: ExporterMetrics;
}

const patienceMs = 2_000;

/** Asks each service whether it is well. A gateway that doesn't answer is a fault, and all its services are down. */
export function servicesSource({ gatewayUrl, fetch, metrics }: ServicesDeps): Source {
  async function isUp(service: ServiceName): Promise<boolean> {
    const response = await fetch(`${gatewayUrl}/health/${service}`, {
      signal: AbortSignal.timeout(patienceMs),
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
      const answers = await Promise.allSettled(serviceNames.map(isUp));
      metrics.replace(
        "service_up",
        serviceNames.map((service, index) => {
          const answer = answers[index];
          return { labels: { service }, value: answer?.status === "fulfilled" && answer.value ? 1 : 0 };
        }),
      );
      const failure = answers.find((answer) => answer.status === "rejected");
      if (failure) throw new Error(`${gatewayUrl} does not answer`, { cause: failure.reason });
    },
    close: async () => {},
  };
}
