/** The demo's steps, through the API. */

import { type Call, Refused } from "../../infra/api-client.ts";
import { listIncidentsContract } from "../../shared/contracts/incidents/list-incidents.ts";
import { resolveIncidentContract } from "../../shared/contracts/incidents/resolve-incident.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/schedules/create-schedule.ts";
import { replaceScheduleContract } from "../../shared/contracts/oncall/schedules/replace-schedule.ts";
import { putServiceContract } from "../../shared/contracts/oncall/services/put-service.ts";
import { alertingOn } from "./alerting.ts";
import { owners, type ShopService, schedules } from "./teams.ts";

interface ShopAlert {
  readonly service: ShopService;
  readonly severity: string;
  readonly message: string;
  readonly dedup_key?: string;
  readonly action?: "trigger" | "resolve";
}

export type Shop = ReturnType<typeof shopOn>;

export function shopOn(call: Call) {
  const alerting = alertingOn(call, "demo");
  const send = (alert: ShopAlert) => alerting.send(alert);

  return {
    ...alerting,
    call,
    send,

    /** Creates or updates teams, schedules and services. */
    async configure(): Promise<void> {
      for (const schedule of schedules) {
        await call(createScheduleContract, { body: { ...schedule } }).catch((error) => {
          if (!(error instanceof Refused && error.status === 409)) throw error;
          return call(replaceScheduleContract, { params: { team: schedule.team }, body: { ...schedule } });
        });
      }
      for (const [service, team] of Object.entries(owners)) {
        await call(putServiceContract, { params: { service }, body: { team } });
      }
    },

    /** Resolves incidents that an interrupted run left open. */
    async resolveLeftovers(): Promise<void> {
      for (const service of Object.keys(owners)) {
        for (const status of ["open", "acknowledged"]) {
          const { incidents } = await call(listIncidentsContract, { query: { service, status, limit: 200 } });
          for (const { id } of incidents) {
            await call(resolveIncidentContract, { params: { id }, body: { actor: "demo" } });
          }
        }
      }
    },

    /** Sends the same alert many times, partly concurrently. @returns the alerts' IDs */
    async storm(alert: ShopAlert, count: number, concurrency: number): Promise<string[]> {
      const ids: string[] = [];
      let left = count;
      const sender = async () => {
        while (left-- > 0) ids.push(await send(alert));
      };
      await Promise.all(Array.from({ length: concurrency }, sender));
      return ids;
    },

    unresolvedOf: async (service: ShopService) => {
      const { incidents } = await call(listIncidentsContract, { query: { service } });
      return incidents.filter(({ status }) => status !== "resolved");
    },
  };
}
