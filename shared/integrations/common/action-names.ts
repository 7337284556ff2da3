/** Names of other systems for the start and end of a problem. */
import type { AlertAction } from "../../domain/alerts/alert.ts";

const named = {
  trigger:
    "trigger triggered fired firing alarm alerting problem down open opened activated failed failure failing error unhealthy",
  acknowledge: "acknowledge acknowledged acknowledgement acknowledgment ack",
  resolve:
    "resolve resolved recovery recovered restored solved fixed ok okay up online normal healthy inactive close closed " +
    "clear cleared ended finished done complete completed success successful succeeded passed passing",
} satisfies Record<AlertAction, string>;

const words: ReadonlyMap<string, AlertAction> = new Map(
  Object.entries(named).flatMap(([action, all]) =>
    all.split(" ").map((name) => [name, action as AlertAction]),
  ),
);

/** Parses an action case-insensitively; undefined for an unknown name. */
export function actionOf(name: string): AlertAction | undefined {
  return words.get(name.trim().toLowerCase());
}
