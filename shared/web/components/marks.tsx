/** Severity and status. Each has a word and a shape in addition to its color. */
import type { PropsWithChildren } from "hono/jsx";
import type { IncidentStatus } from "../../domain/incidents/incident.ts";
import type { Notification, NotificationStatus } from "../../domain/notifications/notification.ts";
import type { Severity } from "../../domain/severity.ts";
import { capitalize } from "./capitalize.ts";

const severityShapes: Readonly<Record<Severity, string>> = {
  critical: "◆",
  high: "▲",
  medium: "■",
  low: "●",
};
const statusShapes: Readonly<Record<IncidentStatus, string>> = {
  open: "○",
  acknowledged: "◐",
  resolved: "✓",
};

const deliveryShapes: Readonly<Record<NotificationStatus, string>> = {
  queued: "…",
  sent: "✓",
  failed: "✗",
  suppressed: "–",
};

export function SeverityMark({ severity }: { readonly severity: Severity }) {
  return (
    <span class={`mark ${severity}`}>
      <span aria-hidden="true">{severityShapes[severity]}</span> {capitalize(severity)}
    </span>
  );
}

export function StatusMark({ status }: { readonly status: IncidentStatus }) {
  return (
    <span class={`status ${status}`} title={capitalize(status)}>
      <span aria-hidden="true">{statusShapes[status]}</span> {capitalize(status)}
    </span>
  );
}

/** Shape of a delivery status, followed by words. Simulated messages have a shape of their own. */
export function DeliveryShape({
  notification: { status, simulated },
  children,
}: PropsWithChildren<{ readonly notification: Pick<Notification, "status" | "simulated"> }>) {
  return (
    <span class={`delivery ${simulated ? "simulated" : status}`}>
      <span aria-hidden="true">{simulated ? "▷" : deliveryShapes[status]}</span> {children}
    </span>
  );
}
