import { alertmanager } from "./alertmanager.ts";
import { cloudevents } from "./cloudevents.ts";
import { email } from "./email.ts";
import { generic } from "./generic.ts";
import { grafana } from "./grafana.ts";
import { healthchecks } from "./healthchecks.ts";
import type { IntegrationType } from "./integration-type.ts";
import { opsgenie } from "./opsgenie.ts";
import { pagerduty } from "./pagerduty.ts";
import { prometheus } from "./prometheus.ts";
import { sns } from "./sns.ts";
import { uptimeKuma } from "./uptime-kuma.ts";

/** All integration types by name. */
export const integrationTypes = {
  generic,
  pagerduty,
  alertmanager,
  prometheus,
  grafana,
  opsgenie,
  sns,
  "uptime-kuma": uptimeKuma,
  healthchecks,
  cloudevents,
  email,
} satisfies Readonly<Record<string, IntegrationType>>;

export type IntegrationTypeName = keyof typeof integrationTypes;

export const integrationTypeNames = Object.keys(integrationTypes) as IntegrationTypeName[];

/** Returns undefined for a type that this release does not have. */
export function typeNamed(name: string): IntegrationType | undefined {
  return Object.hasOwn(integrationTypes, name) ? integrationTypes[name as IntegrationTypeName] : undefined;
}
