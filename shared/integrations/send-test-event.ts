import { Invalid } from "../domain/errors.ts";
import type { Integration } from "../domain/integrations/integration.ts";
import type { MonitoringEvent } from "../domain/integrations/monitoring-event.ts";
import { formatInstant } from "../domain/time.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import type { Inbound } from "./integration-type.ts";
import { typeNamed } from "./registry.ts";

interface Example {
  readonly method: string;
  readonly path: string;
  readonly headers: object;
  readonly body: unknown;
}

type ContextOptions = Pick<IntegrationContext, "integration" | "now" | "warn"> & { readonly title: string };

/**
 * Sends the example of an integration's type through the conversion of its requests. The event is marked as a
 * test and opens an incident like any other.
 *
 * @param createContext returns the operations of an integration
 * @param id of the event
 * @returns the IDs of the alerts
 * @throws Invalid if the settings of the integration do not fit the example
 */
export async function sendTestEvent(
  createContext: (options: ContextOptions) => IntegrationContext,
  integration: Integration,
  id: string,
  now: number,
): Promise<readonly string[]> {
  const type = typeNamed(integration.type);
  if (!type) throw refused("This release does not support the type of the integration");
  const { path, inbound } = await exampleOf(integration.type, id, now);
  const route = type.routes.find((route) => route.method === inbound.method && route.path === path);
  const handle = type.receiveUnsigned ?? route?.handle;
  const warnings: string[] = [];
  const sent: string[] = [];
  const context = createContext({
    integration,
    now,
    title: type.title,
    warn: (message) => void warnings.push(message),
  });
  const take: IntegrationContext["take"] = async (events) => {
    const ids = await context.take(events.map(asTest));
    sent.push(...ids);
    return ids;
  };
  await handle?.(inbound, { ...context, take });
  if (sent.length === 0) throw refused(warnings[0] ?? "The event was ignored");
  return sent;
}

function refused(message: string): Invalid {
  return new Invalid([{ path: "", message }], message);
}

function asTest(event: MonitoringEvent): MonitoringEvent {
  return { ...event, message: `Test event: ${event.message}`, labels: { ...event.labels, test: true } };
}

/** Returns the path of the example's route, and the example as the route receives it. */
async function exampleOf(
  type: string,
  id: string,
  now: number,
): Promise<{ readonly path: string; readonly inbound: Inbound }> {
  const example: { readonly default: Example } = await import(`./examples/${type}.json`, {
    with: { type: "json" },
  });
  const text = JSON.stringify(example.default).replaceAll("{now}", formatInstant(now)).replaceAll("{id}", id);
  const { method, path, headers, body } = JSON.parse(text) as Example;
  return {
    path: path.replace("/integrations/{key}", ""),
    inbound: {
      method,
      params: {},
      query: new URLSearchParams(),
      headers: new Headers(Object.entries(headers)),
      body: JSON.stringify(body),
      json: () => body,
    },
  };
}
