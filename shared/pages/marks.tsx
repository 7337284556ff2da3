/** Severity and status: each has a word and a shape of its own besides its colour. */
import type { IncidentStatus } from "../domain/incident.ts";
import type { NotificationStatus } from "../domain/notification.ts";
import type { Severity } from "../domain/severity.ts";

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

export const deliveryShapes: Readonly<Record<NotificationStatus, string>> = {
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
