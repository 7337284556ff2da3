import { alertmanager } from "./alertmanager.ts";
import { generic } from "./generic.ts";
import { grafana } from "./grafana.ts";
import type { IntegrationType } from "./integration-type.ts";
import { opsgenie } from "./opsgenie.ts";
import { pagerduty } from "./pagerduty.ts";
import { prometheus } from "./prometheus.ts";

/** Every door that there is, by the name of its type. */
export const integrationTypes = {
  generic,
  pagerduty,
  alertmanager,
  prometheus,
  grafana,
  opsgenie,
} satisfies Readonly<Record<string, IntegrationType>>;

export type IntegrationTypeName = keyof typeof integrationTypes;

export const integrationTypeNames = Object.keys(integrationTypes) as IntegrationTypeName[];

/** Undefined for a type that this release has none of. */
export function typeNamed(name: string): IntegrationType | undefined {
  return Object.hasOwn(integrationTypes, name) ? integrationTypes[name as IntegrationTypeName] : undefined;
}
