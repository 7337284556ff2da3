import { NotFound } from "../domain/errors.ts";
import {
  type DependencyName,
  dependenciesOf,
  dependencyNames,
  type HealthStatus,
  isServiceName,
  type ServiceName,
  serviceNames,
  worstOf,
} from "../domain/health.ts";
import type { Log } from "./ports/system.ts";

/** Resolves if a dependency responds, rejects otherwise. */
export type Probe = () => Promise<void>;

export interface HealthDeps {
  readonly probes: Readonly<Record<DependencyName, Probe>>;
  /** Time after which a dependency counts as down. */
  readonly timeoutMs: number;
  readonly log: Log;
}

export interface Health {
  readonly status: HealthStatus;
  readonly services: Readonly<Record<ServiceName, { readonly status: HealthStatus }>>;
  readonly dependencies: Readonly<Record<DependencyName, { readonly status: HealthStatus }>>;
}

/** Checks all services. Each dependency is checked once. */
export async function checkHealth(deps: HealthDeps): Promise<Health> {
  const found = await askAll(deps, dependencyNames);
  const statusOf = (name: DependencyName) => found.get(name) ?? "ok";
  const services = serviceNames.map(
    (service) => [service, { status: worstOf(dependenciesOf[service].map(statusOf)) }] as const,
  );
  return {
    status: worstOf([...found.values()]),
    services: Object.fromEntries(services) as Health["services"],
    dependencies: { dynamodb: { status: statusOf("dynamodb") }, sqs: { status: statusOf("sqs") } },
  };
}

/** Checks one service and only its dependencies. @throws NotFound */
export async function checkServiceHealth(
  deps: HealthDeps,
  name: string,
): Promise<{ service: ServiceName; status: HealthStatus }> {
  if (!isServiceName(name)) throw new NotFound("service", name);
  const found = await askAll(deps, dependenciesOf[name]);
  return { service: name, status: worstOf([...found.values()]) };
}

async function askAll(
  deps: HealthDeps,
  names: readonly DependencyName[],
): Promise<Map<DependencyName, HealthStatus>> {
  return new Map(await Promise.all(names.map(async (name) => [name, await ask(deps, name)] as const)));
}

async function ask({ probes, timeoutMs, log }: HealthDeps, name: DependencyName): Promise<HealthStatus> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no response within ${timeoutMs} ms`)), timeoutMs);
  try {
    await Promise.race([probes[name](), late]);
    return "ok";
  } catch (error) {
    log.warn("dependency does not respond", { dependency: name, error });
    return "degraded";
  } finally {
    clearTimeout(timer);
  }
}
