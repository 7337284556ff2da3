/** Labels of severities and statuses, each with a word and a shape besides its color. */
import type { PropsWithChildren } from "hono/jsx";
import type { IncidentStatus } from "../../domain/incidents/incident.ts";
import type { Notification, NotificationStatus } from "../../domain/notifications/notification.ts";
import type { Severity } from "../../domain/severity.ts";

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
      <span aria-hidden="true">{severityShapes[severity]}</span> {severity}
    </span>
  );
}

export function StatusMark({ status }: { readonly status: IncidentStatus }) {
  return (
    <span class={`status ${status}`}>
      <span aria-hidden="true">{statusShapes[status]}</span> {status}
    </span>
  );
}

/** Symbol of a delivery status. Messages only printed to the console look different from sent ones. */
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
