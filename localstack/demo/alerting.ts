/** Follows an alert to its incident and pages through the API. */
import type * as z from "zod";
import { type Call, Refused } from "../../infra/api-client.ts";
import { getAlertContract } from "../../shared/contracts/alerts/get-alert.ts";
import { receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { getNotificationContract } from "../../shared/contracts/notifications/get-notification.ts";
import { listNotificationsContract } from "../../shared/contracts/notifications/list-notifications.ts";
import { realTime, waiterOn } from "./wait-for.ts";

interface SentAlert {
  readonly service: string;
  readonly severity: string;
  readonly message: string;
  readonly dedup_key?: string;
  readonly action?: "trigger" | "resolve";
}

type LoadedIncident = z.output<typeof getIncidentContract.response>;

/** @param source value of the alerts' source field */
export function alertingOn(call: Call, source: string, time = realTime) {
  const incident = (id: string) => call(getIncidentContract, { params: { id } });
  const waitFor = waiterOn(call, time);
  const waitForBundle = (id: string) =>
    waitFor(() => call(getNotificationContract, { params: { id } }).catch(absent), `the bundle ${id}`);

  return {
    incident,

    /** @returns the alert's ID */
    async send(alert: SentAlert): Promise<string> {
      const receipt = await call(receiveAlertsContract, { body: { source, ...alert } });
      if (!("alert_id" in receipt)) throw new Error("The response to one alert is a batch receipt");
      return receipt.alert_id;
    },

    /** Returns the incident of the alert, once it is correlated. */
    incidentOf: async (alertId: string) => {
      const { incident_id } = await waitFor(
        () => call(getAlertContract, { params: { alert_id: alertId } }).catch(absent),
        `alert ${alertId} to be correlated`,
      );
      if (incident_id === null) throw new Error(`Alert ${alertId} was not assigned to an incident`);
      return incident(incident_id);
    },

    incidentWhen: (id: string, isReached: (incident: LoadedIncident) => boolean) =>
      waitFor(async () => {
        const current = await incident(id);
        return isReached(current) ? current : undefined;
      }, `incident ${id} to reach the expected state`),

    /** Returns its notifications without the messages that carry them, if they share one. */
    pagesOf: async (incidentId: string) => {
      const query = { incident_id: incidentId };
      const { notifications } = await call(listNotificationsContract, { query });
      return notifications.filter(({ kind }) => kind !== "bundle");
    },

    /** Returns its first page, or the first one to a recipient, once it is sent: by itself or in a bundle, when that is due. */
    pageOf: async (incidentId: string, recipient?: string): Promise<Page> => {
      const query = { incident_id: incidentId, ...(recipient && { recipient }) };
      const pages = async () => (await call(listNotificationsContract, { query })).notifications;
      const sent = (listed: readonly Page[]) => listed.findLast(({ status }) => status === "sent");
      const bundled = (listed: readonly Page[]) =>
        listed.findLast(({ bundled_into }) => bundled_into !== null);
      const waitForPage = (find: (listed: readonly Page[]) => Page | undefined) =>
        waitFor(
          async () => find(await pages()),
          `a page for ${incidentId}`,
          async () => (await pages()).map(unsent).join("; ") || "no one was paged",
        );
      const page = await waitForPage((listed) => sent(listed) ?? bundled(listed));
      if (page.status === "sent" || page.bundled_into === null) return page;
      const { due_at } = await waitForBundle(page.bundled_into);
      await time.wait(Math.max(0, Date.parse(due_at) - time.now()));
      return waitForPage(sent);
    },
  };
}

type Page = z.output<typeof listNotificationsContract.response>["notifications"][number];

/** Describes an undelivered page with its last attempts. */
function unsent({ channel, recipient, status, attempts }: Page): string {
  const last = attempts.slice(-3).map(({ at, detail }) => `${at} ${detail}`);
  return `the page to ${recipient} by ${channel} is ${status}, ${last.join(", ") || "no delivery was attempted yet"}`;
}

function absent(error: unknown): undefined {
  if (!(error instanceof Refused && error.status === 404)) throw error;
}
