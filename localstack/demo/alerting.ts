/** From an alert to its incident and its pages, over the API alone. */
import { setTimeout as delay } from "node:timers/promises";
import type * as z from "zod";
import { getAlertContract } from "../../shared/contracts/alerts/get-alert.ts";
import { receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { listNotificationsContract } from "../../shared/contracts/notifications/list-notifications.ts";
import { type Call, Refused } from "./api.ts";

interface SentAlert {
  readonly service: string;
  readonly severity: string;
  readonly message: string;
  readonly dedup_key?: string;
  readonly action?: "trigger" | "resolve";
}

type LoadedIncident = z.output<typeof getIncidentContract.response>;

const patienceMs = 30_000;

/** @param source where the alerts say they come from */
export function alertingOn(call: Call, source: string) {
  const incident = (id: string) => call(getIncidentContract, { params: { id } });

  return {
    incident,

    /** @returns the alert's id */
    async send(alert: SentAlert): Promise<string> {
      const receipt = await call(receiveAlertsContract, { body: { source, ...alert } });
      if (!("alert_id" in receipt)) throw new Error("One alert was answered as a batch");
      return receipt.alert_id;
    },

    /** The incident that the alert went to, once it has been correlated. */
    incidentOf: async (alertId: string) => {
      const { incident_id } = await eventually(
        () => call(getAlertContract, { params: { alert_id: alertId } }).catch(absent),
        `alert ${alertId} to be correlated`,
      );
      if (incident_id === null) throw new Error(`Alert ${alertId} went to no incident`);
      return incident(incident_id);
    },

    incidentWhen: (id: string, holds: (incident: LoadedIncident) => boolean) =>
      eventually(async () => {
        const current = await incident(id);
        return holds(current) ? current : undefined;
      }, `incident ${id} to get there`),

    pagesOf: async (incidentId: string) =>
      (await call(listNotificationsContract, { query: { incident_id: incidentId } })).notifications,

    /** Its first page, or that to somebody, once it was sent. */
    pageOf: (incidentId: string, recipient?: string) =>
      eventually(async () => {
        const query = { incident_id: incidentId, status: "sent", ...(recipient && { recipient }) };
        return (await call(listNotificationsContract, { query })).notifications.at(-1);
      }, `a page for ${incidentId}`),
  };
}

function absent(error: unknown): undefined {
  if (!(error instanceof Refused && error.status === 404)) throw error;
}

async function eventually<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await delay(25)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`Waited ${patienceMs / 1_000} s in vain for ${what}`);
}
