import * as z from "zod";
import type { SuppressedAlert } from "../../domain/alerts/suppressed-alert.ts";
import { alertNames, alertSchema } from "../../messages/alert-accepted.ts";
import { storedAs } from "../../messages/wire/stored-as.ts";
import type { SuppressedAlertStore } from "../../use-cases/ports/alerts.ts";
import { readEarliestFirst } from "../earliest-first.ts";
import { entity, jsonText } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import { readDue } from "../read-due.ts";
import type { Table } from "../table.ts";
import { suppressorSchema } from "./suppressor-schema.ts";

export const suppressedAlertEntity = entity<SuppressedAlert>({
  name: "held alert",
  schema: z.object({
    key: z.string(),
    alert: storedAs(alertSchema.extend({ labels: jsonText(alertSchema.shape.labels) }), alertNames),
    earlierIds: z.array(z.string()).default([]),
    by: suppressorSchema,
    dueAt: z.number(),
    version: z.number(),
  }),
  key: ({ key }) => keys.suppressedAlert(key),
  indexes: ({ by }) => ({
    gsi1: by.kind === "silence" ? partitions.suppressedBySilence(by.id) : undefined,
    gsi6: partitions.suppressedAlerts,
  }),
  sort: ({ dueAt, key }) => timeKey(dueAt, key),
});

export function suppressedAlertStore(table: Table): SuppressedAlertStore {
  const suppressed = entityStore(table, suppressedAlertEntity, {
    label: ({ key }) => `The suppressed alert ${key}`,
    startsMissing: true,
  });

  return {
    find: (key) => suppressed.find(keys.suppressedAlert(key)),
    put: (alert) => suppressed.replace(alert, alert),
    remove: (alert) => suppressed.remove(alert),

    due: (at, after) =>
      readDue(
        table,
        { entity: suppressedAlertEntity, pk: partitions.suppressedAlerts, at, dueAt: ({ dueAt }) => dueAt },
        after,
      ),

    listBySilence: (silenceId, after) =>
      readEarliestFirst(
        table,
        { entity: suppressedAlertEntity, index: "gsi1", pk: partitions.suppressedBySilence(silenceId) },
        after,
      ),
  };
}
