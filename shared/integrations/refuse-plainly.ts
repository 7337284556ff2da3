import type { Refuse } from "./integration-type.ts";

/** For clients that read no more than the status, and people who read their logs. */
export const refusePlainly: Refuse = ({ status, code, message, faults, requestId }) => ({
  status,
  body: { status: "refused", code, message, errors: faults, request_id: requestId },
});
