import type { AlertAction, AlertOutcome } from "../../../domain/alerts/alert.ts";

/** Short names of alert outcomes, for lists. */
export const outcomeNames: Readonly<Record<AlertOutcome, string>> = {
  new_incident: "opened an incident",
  existing_incident: "joined an incident",
  suppressed: "suppressed",
  dropped: "dropped",
};

/** Describes an outcome in a sentence, next to a link to the incident. */
export function outcomeWords(outcome: AlertOutcome, action: AlertAction): string {
  switch (outcome) {
    case "new_incident":
      return "It opened an incident:";
    case "existing_incident":
      return action === "trigger"
        ? "It joined an incident that was under way:"
        : `It asked to ${action} an incident:`;
    case "suppressed":
      return "It was suppressed: it opens nothing and pages nobody.";
    case "dropped":
      return action === "trigger"
        ? "It was dropped."
        : `It was dropped: there was no incident to ${action}, so there is nothing that it could change.`;
  }
}
