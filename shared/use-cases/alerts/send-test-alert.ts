import type { Alert } from "../../domain/alerts/alert.ts";
import { Unavailable } from "../../domain/errors.ts";
import { type OwnedDeps, subjectOfService } from "../oncall/services/subject-of-service.ts";
import { type AcceptDeps, acceptAlerts } from "./accept-alerts.ts";

/** Sends an alert that opens an incident of a service, as a monitoring system would. @throws Unavailable */
export async function sendTestAlert(
  deps: AcceptDeps & OwnedDeps,
  service: string,
  now: number,
): Promise<Alert> {
  await deps.authorize(subjectOfService(deps, service));
  const draft = {
    service,
    severity: "high",
    message: "Test alert",
    labels: {},
    source: "test",
    dedupKey: "test-alert",
    action: "trigger",
    timestamp: null,
  } as const;
  const [alert] = (await acceptAlerts(deps, [draft], now)).alerts;
  if (!alert) throw new Unavailable("The alert queue");
  return alert;
}
