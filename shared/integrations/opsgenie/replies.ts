import type { IntegrationContext } from "../../use-cases/ports/integration-context.ts";
import type { Refuse, Reply } from "../integration-type.ts";
import { type Receipt, requestIdOf } from "./names.ts";

/** Reported duration of a request in seconds. Clients only parse it. */
const took = 0.001;

/** The Go SDK reads the request ID, the time and the rate limit state from headers. */
function headersOf(requestId: string, isThrottled = false): Readonly<Record<string, string>> {
  return {
    "x-request-id": requestId,
    "x-response-time": String(took),
    "x-ratelimit-state": isThrottled ? "THROTTLED" : "OK",
  };
}

export function replied(status: number, body: object, requestId: string): Reply {
  return { status, body: { ...body, took, requestId }, headers: headersOf(requestId) };
}

/** Returns the ID of a stored request, which encodes the request. */
export function accepted(context: IntegrationContext, what: Omit<Receipt, "at">): Reply {
  return replied(
    202,
    { result: "Request will be processed" },
    requestIdOf({ ...what, at: context.now }, context),
  );
}

export const refuse: Refuse = ({ status, message, faults, requestId }) => ({
  status,
  body: {
    message,
    ...(faults.length > 0 && {
      errors: Object.fromEntries(faults.map((fault) => [fault.path, fault.message])),
    }),
    took: 0,
    requestId,
  },
  headers: headersOf(requestId, status === 429),
});
