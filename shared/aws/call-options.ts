import { timeBudget } from "../domain/time-budget.ts";

/** Options of AWS SDK clients in request paths. */
export const callOptions = {
  maxAttempts: 3,
  // Bundles have no other mode (infra/build/lean-sdk.ts).
  retryMode: "standard",
  requestHandler: {
    connectionTimeout: timeBudget.connectMs,
    requestTimeout: timeBudget.attemptMs,
    // Without it, a timeout is only logged as a warning.
    throwOnRequestTimeout: true,
    httpsAgent: { maxSockets: 100 },
    httpAgent: { maxSockets: 100 },
  },
} as const;
