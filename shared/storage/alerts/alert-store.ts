import * as z from "zod";
import { alertOutcomes, type RecordedAlert } from "../../domain/alerts/alert.ts";
import { alertNames, alertSchema } from "../../messages/alert-accepted.ts";
import { storedAs } from "../../messages/wire/stored-as.ts";
import type { AlertFilter, AlertStore } from "../../use-cases/ports/alerts.ts";
import { entity, jsonText } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions } from "../keys.ts";
import { keptFor } from "../retention.ts";
import type { Table } from "../table.ts";
import { suppressorSchema } from "./suppressor-schema.ts";

export const alertEntity = entity<RecordedAlert>({
  name: "alert",
  schema: storedAs(
    alertSchema.extend({
      labels: jsonText(alertSchema.shape.labels),
      outcome: z.enum(alertOutcomes),
      incidentId: z.string().nullable(),
      suppressedBy: suppressorSchema.exactOptional(),
      releasedAs: z.string().exactOptional(),
    }),
    alertNames,
  ),
  key: ({ id }) => keys.alert(id),
  indexes: ({ incidentId }) => ({
    gsi1: incidentId === null ? undefined : partitions.alertsOfIncident(incidentId),
  }),
  sort: ({ id }) => id,
});

/** @param keptDays retention after receipt; 0 keeps alerts permanently */
export function alertStore(table: Table, keptDays = 0): AlertStore {
  const kept = keptFor(keptDays, alertEntity, ({ receivedAt }) => receivedAt);
  const alerts = entityStore(table, alertEntity, { label: ({ id }) => `Alert ${id}` });
  return {
    find: (id) => alerts.find(keys.alert(id)),
    async recorded(ids) {
      const items = await table.getAll([...new Set(ids)].map((id) => keys.alert(id)));
      return new Map(items.map(alertEntity.parse).map(({ id, incidentId }) => [id, incidentId]));
    },
    record: (recorded) => table.putAll(recorded.map((alert) => kept.toItem(alert))),
    list(filter, page) {
      const { incidentId, ...rest } = filter;
      const source =
        incidentId === undefined
          ? { pk: partitions.alerts }
          : { pk: partitions.alertsOfIncident(incidentId), index: "gsi1" as const };
      const filtered = Object.values(rest).some((value) => value !== undefined);
      return alerts.list({ ...source, ...(filtered && { accepts: (alert) => meets(alert, filter) }) }, page);
    },
  };
}

function meets(alert: RecordedAlert, filter: AlertFilter): boolean {
  return (
    (filter.service ?? alert.service) === alert.service &&
    (filter.severity ?? alert.severity) === alert.severity &&
    (filter.outcome ?? alert.outcome) === alert.outcome &&
    alert.message.toLowerCase().includes(filter.text?.toLowerCase() ?? "")
  );
}
