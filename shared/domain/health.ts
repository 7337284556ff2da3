/** Services of the platform and their external dependencies. */
export const serviceNames = ["alerts", "incidents", "oncall", "notifications", "web"] as const;
export type ServiceName = (typeof serviceNames)[number];

export const dependencyNames = ["dynamodb", "sqs"] as const;
export type DependencyName = (typeof dependencyNames)[number];

export const healthStatuses = ["ok", "degraded"] as const;
export type HealthStatus = (typeof healthStatuses)[number];

export const dependenciesOf: Readonly<Record<ServiceName, readonly DependencyName[]>> = {
  alerts: ["dynamodb", "sqs"],
  incidents: ["dynamodb", "sqs"],
  oncall: ["dynamodb"],
  notifications: ["dynamodb", "sqs"],
  web: [],
};

export function isServiceName(name: string): name is ServiceName {
  return serviceNames.some((known) => known === name);
}

export function worstOf(statuses: readonly HealthStatus[]): HealthStatus {
  return statuses.includes("degraded") ? "degraded" : "ok";
}
