import type { Refuse } from "../integration-type.ts";

/** Error format for clients that only check the status, and for people who read their logs. */
export const refusePlainly: Refuse = ({ status, code, message, faults, requestId }) => ({
  status,
  body: { status: "refused", code, message, errors: faults, request_id: requestId },
});
