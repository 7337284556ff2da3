/** What other systems call the beginning and the end of a problem. */
import type { AlertAction } from "../domain/alert.ts";

const words: ReadonlyMap<string, AlertAction> = new Map(
  Object.entries({
    trigger: [
      "triggered",
      "firing",
      "alerting",
      "alarm",
      "problem",
      "down",
      "open",
      "opened",
      "activated",
    ].concat(["failed", "failure", "failing", "error", "unhealthy"]),
    acknowledge: ["acknowledged", "acknowledgement", "acknowledgment", "ack"],
    resolve: ["resolved", "recovery", "recovered", "restored", "ok", "okay", "up", "online", "solved"].concat(
      ["close", "closed", "clear", "cleared", "normal", "inactive", "healthy", "fixed", "ended", "finished"],
      ["success", "successful", "succeeded", "passed", "passing", "complete", "completed", "done"],
    ),
  } satisfies Record<AlertAction, string[]>).flatMap(([action, names]) =>
    [action, ...names].map((name) => [name, action as AlertAction] as const),
  ),
);

/** Reads what a word asks for, whatever its case and the blanks around it; undefined for a word of another kind. */
export function actionOf(word: string): AlertAction | undefined {
  return words.get(word.trim().toLowerCase());
}
