import type { FoundFunction } from "../../infra/stack/function-definition.ts";
import { findFunctions } from "../../infra/stack/functions.ts";
import {
  acceptsPeople,
  asksForKeys,
  type Permissions,
  type Queue,
  permissions as table,
} from "../../infra/stack/permissions.ts";
import type { Check } from "./check.ts";
import { type Bundle, deployBundles } from "./deploy-bundles.ts";

export const permissions: Check = {
  name: "permissions",
  run: async (root) => ({
    faults: permissionFaults(await findFunctions(root), table, await deployBundles()),
  }),
};

const queues: Readonly<Record<string, Queue>> = {
  ALERTS_QUEUE_URL: "Alerts",
  INCIDENT_EVENTS_QUEUE_URL: "IncidentEvents",
  INCIDENT_TIMERS_QUEUE_URL: "IncidentTimers",
  NOTIFICATIONS_QUEUE_URL: "Notifications",
  NOTIFICATIONS_DEAD_LETTER_QUEUE_URL: "NotificationsDeadLetter",
  ALERTS_DEAD_LETTER_QUEUE_URL: "AlertsDeadLetter",
  INCIDENT_EVENTS_DEAD_LETTER_QUEUE_URL: "IncidentEventsDeadLetter",
  INCIDENT_TIMERS_DEAD_LETTER_QUEUE_URL: "IncidentTimersDeadLetter",
};

/**
 * Requires a row per function and a function per row. A row must grant the queues, the table and the settings
 * that its bundle uses.
 */
export function permissionFaults(
  functions: readonly FoundFunction[],
  rows: Readonly<Record<string, Permissions>>,
  bundles: readonly Pick<Bundle, "name" | "text" | "inputs">[],
): string[] {
  const names = new Set(functions.map(({ name }) => name));
  return [
    ...[...names]
      .filter((name) => !rows[name])
      .map((name) => `infra/stack/permissions.ts has no row for ${name}`),
    ...Object.keys(rows)
      .filter((name) => !names.has(name))
      .map((name) => `infra/stack/permissions.ts: there is no function ${name}`),
    ...functions.flatMap((found) => rowFaults(found, rows[found.name] ?? {}, bundles)),
  ];
}

function rowFaults(
  found: FoundFunction,
  row: Permissions,
  bundles: readonly Pick<Bundle, "name" | "text" | "inputs">[],
): string[] {
  const { name, definition } = found;
  const bundle = bundles.find((built) => definition.handler === `dist/${built.name}.handler`);
  const asksFor = (variable: string) => bundle?.text.includes(variable) ?? false;
  const say = (message: string) => `infra/stack/permissions.ts, ${name}: ${message}`;
  const faults: string[] = [];
  const allowed = new Set([
    ...(row.sends ?? []),
    ...(row.probes ?? []),
    ...(row.consumes ? [row.consumes] : []),
    ...(row.redrives ?? []),
    ...(row.inspects ?? []),
  ]);
  for (const [variable, queue] of Object.entries(queues)) {
    if (asksFor(variable) && !allowed.has(queue)) faults.push(say(`its bundle reads ${variable}`));
    if (!asksFor(variable) && allowed.has(queue)) faults.push(say(`its bundle never reads ${variable}`));
  }
  const keyed = asksForKeys(found);
  const looksKeysUp = bundle?.inputs.has("shared/use-cases/access/api-key-cache.ts") ?? false;
  if (looksKeysUp !== keyed) faults.push(say(`its bundle ${keyed ? "never looks" : "looks"} up keys`));
  const usesTable = bundle?.inputs.has("shared/storage/dynamo-table.ts") ?? false;
  const reads = (row.table ?? []).length + (row.indexes ?? []).length > 0;
  if (usesTable !== (reads || keyed))
    faults.push(say(`its bundle ${reads ? "never uses" : "uses"} the table`));
  const readsParameters = bundle?.inputs.has("shared/aws/parameter-store.ts") ?? false;
  // Sessions of people are signed with a secret.
  const mayReadParameters = row.parameters !== undefined || acceptsPeople(found);
  if (readsParameters !== mayReadParameters)
    faults.push(say(`its bundle ${mayReadParameters ? "never reads" : "reads"} the parameter store`));
  const consumed = definition.events?.find(({ sqs }) => sqs)?.sqs?.arn;
  const queue = JSON.stringify(consumed ?? "").match(/"(\w+)Queue"/)?.[1];
  if (queue !== row.consumes)
    faults.push(say(`consumes ${row.consumes ?? "no queue"}, but its event has ${queue ?? "no queue"}`));
  return faults;
}
