/** What the story does with the platform, over its API alone. */
import { setTimeout as delay } from "node:timers/promises";
import type * as z from "zod";
import { getAlertContract } from "../../shared/contracts/alerts/get-alert.ts";
import { receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { listIncidentsContract } from "../../shared/contracts/incidents/list-incidents.ts";
import { resolveIncidentContract } from "../../shared/contracts/incidents/resolve-incident.ts";
import { listNotificationsContract } from "../../shared/contracts/notifications/list-notifications.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/create-schedule.ts";
import { putServiceContract } from "../../shared/contracts/oncall/put-service.ts";
import { replaceScheduleContract } from "../../shared/contracts/oncall/replace-schedule.ts";
import { type Call, Refused } from "./api.ts";
import { owners, rotas, type ShopService } from "./cast.ts";

interface ShopAlert {
  readonly service: ShopService;
  readonly severity: string;
  readonly message: string;
  readonly dedup_key?: string;
  readonly action?: "trigger" | "resolve";
}

type LoadedIncident = z.output<typeof getIncidentContract.response>;

const patienceMs = 30_000;

export type Shop = ReturnType<typeof shopOn>;

export function shopOn(call: Call) {
  const incident = (id: string) => call(getIncidentContract, { params: { id } });

  const send = async (alert: ShopAlert): Promise<string> => {
    const receipt = await call(receiveAlertsContract, { body: { source: "demo", ...alert } });
    if (!("alert_id" in receipt)) throw new Error("One alert was answered as a batch");
    return receipt.alert_id;
  };

  return {
    call,
    incident,
    send,

    /** Teams, rotas and services; those that an earlier run left are what they are to be. */
    async open(): Promise<void> {
      for (const rota of rotas) {
        await call(createScheduleContract, { body: { ...rota } }).catch((error) => {
          if (!(error instanceof Refused && error.status === 409)) throw error;
          return call(replaceScheduleContract, { params: { team: rota.team }, body: { ...rota } });
        });
      }
      for (const [service, team] of Object.entries(owners)) {
        await call(putServiceContract, { params: { service }, body: { team } });
      }
    },

    /** Ends incidents that a run which was interrupted left open. */
    async tidy(): Promise<void> {
      for (const service of Object.keys(owners)) {
        for (const status of ["open", "acknowledged"]) {
          const { incidents } = await call(listIncidentsContract, { query: { service, status, limit: 200 } });
          for (const { id } of incidents) {
            await call(resolveIncidentContract, { params: { id }, body: { actor: "demo" } });
          }
        }
      }
    },

    /** Sends the same alert many times, some at once. @returns the alerts' ids */
    async storm(alert: ShopAlert, count: number, sideBySide: number): Promise<string[]> {
      const ids: string[] = [];
      let left = count;
      const sender = async () => {
        while (left-- > 0) ids.push(await send(alert));
      };
      await Promise.all(Array.from({ length: sideBySide }, sender));
      return ids;
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

    unresolvedOf: async (service: ShopService) => {
      const { incidents } = await call(listIncidentsContract, { query: { service } });
      return incidents.filter(({ status }) => status !== "resolved");
    },

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
