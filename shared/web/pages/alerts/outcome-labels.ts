import type { AlertAction, AlertOutcome } from "../../../domain/alerts/alert.ts";

/** Short names of alert outcomes, for lists. */
export const outcomeNames: Readonly<Record<AlertOutcome, string>> = {
  new_incident: "opened an incident",
  existing_incident: "added to an incident",
  suppressed: "suppressed",
  released: "sent again",
  dropped: "dropped",
};

/** Describes an outcome in a sentence, next to a link to the incident. */
export function outcomeText(outcome: AlertOutcome, action: AlertAction): string {
  switch (outcome) {
    case "new_incident":
      return "Opened an incident:";
    case "existing_incident":
      return action === "trigger" ? "Added to an open incident:" : `Sent to ${action} an incident:`;
    case "suppressed":
      return "Suppressed. It opened no incident and paged no one.";
    case "released":
      return "Suppressed at first. When the suppression ended, it was sent again as";
    case "dropped":
      return action === "trigger"
        ? "Dropped by a routing rule."
        : `Dropped. There was no open incident to ${action}.`;
  }
}
