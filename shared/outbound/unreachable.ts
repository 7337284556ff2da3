import { TemporaryFailure } from "../domain/notifications/delivery.ts";

/** Thrown when a provider gave no answer at all: refused, cut off, out of time. */
export class Unreachable extends TemporaryFailure {}

export function outOfTime(timeoutMs: number): Unreachable {
  return new Unreachable(`no answer within ${timeoutMs / 1_000} s`);
}
