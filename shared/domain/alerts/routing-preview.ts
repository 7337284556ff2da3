import type { Alert, RecordedAlert } from "./alert.ts";
import { asReceived, type RoutingRule, routed } from "./routing.ts";

/** An alert before and after the rules. */
export interface RoutedAlert {
  readonly received: Alert;
  readonly routed: Alert;
}

/**
 * Applies rules to recorded alerts as they were received. Version 0.1.0 did not store the fields that a rule replaced:
 * its alerts start from the replaced fields.
 */
export function routedAgain(
  alerts: readonly RecordedAlert[],
  rules: readonly RoutingRule[],
): readonly RoutedAlert[] {
  return alerts.map((alert) => {
    const received = asReceived(alert);
    return { received, routed: routed(received, rules) };
  });
}

export function isMatched({ routed }: RoutedAlert): boolean {
  return routed.route !== undefined;
}

export function isDropped({ routed }: RoutedAlert): boolean {
  return routed.route?.dropped ?? false;
}

/** Returns true if the rules send the alert to another service or team. */
export function isMoved({ received, routed }: RoutedAlert): boolean {
  return (
    !isDropped({ received, routed }) && (received.service !== routed.service || received.team !== routed.team)
  );
}
