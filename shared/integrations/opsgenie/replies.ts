import type { Desk, Refuse, Reply } from "../integration-type.ts";
import { type Receipt, requestIdOf } from "./names.ts";

/** Seconds that a request took: no client does anything with it but parse it. */
const took = 0.001;

/** The Go SDK reads the request id, the time and the state of the rate limit from headers. */
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

/** Tells that a request is stored, by an id that says what it was. */
export function accepted(desk: Desk, what: Omit<Receipt, "at">): Reply {
  return replied(202, { result: "Request will be processed" }, requestIdOf({ ...what, at: desk.now }, desk));
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
