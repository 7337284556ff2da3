import { TemporaryFailure } from "../domain/notifications/delivery.ts";

/** Thrown if a provider does not respond: connection refused, closed or timed out. */
export class Unreachable extends TemporaryFailure {}

export function outOfTime(timeoutMs: number): Unreachable {
  return new Unreachable(`no response within ${timeoutMs / 1_000} s`);
}
