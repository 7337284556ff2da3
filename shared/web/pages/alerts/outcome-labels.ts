import type { AlertOutcome, RecordedAlert } from "../../../domain/alerts/alert.ts";

/** Short names of alert outcomes, for lists. */
export const outcomeNames: Readonly<Record<AlertOutcome, string>> = {
  new_incident: "opened an incident",
  existing_incident: "added to an incident",
  suppressed: "suppressed",
  dropped: "dropped",
};

type Shown = Pick<RecordedAlert, "outcome" | "action" | "releasedAs">;

/** Returns the short name of an alert's outcome. */
export function outcomeNameOf({ outcome, releasedAs }: Pick<Shown, "outcome" | "releasedAs">): string {
  return releasedAs === undefined ? outcomeNames[outcome] : "sent again";
}

/** Describes an outcome in a sentence, next to a link to the incident. */
export function outcomeText({ outcome, action, releasedAs }: Shown): string {
  switch (outcome) {
    case "new_incident":
      return "Opened an incident:";
    case "existing_incident":
      return action === "trigger" ? "Added to an open incident:" : `Sent to ${action} an incident:`;
    case "suppressed":
      return releasedAs === undefined
        ? "Suppressed. It opened no incident and paged no one."
        : "Suppressed at first. When the suppression ended, it was sent again as";
    case "dropped":
      return action === "trigger"
        ? "Dropped by a routing rule."
        : `Dropped. There was no open incident to ${action}.`;
  }
}
