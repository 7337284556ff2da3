/**
 * Longest times that things may take, in milliseconds, each with room for the one below it:
 *
 *     function's timeout (serverless.yml) > a request's answer > its calls to dependencies > one attempt of a call
 *
 * So a dependency that hangs is a 503 with Retry-After, not a function that was killed.
 */
export const timeBudget = {
  /** The least that a function of the gateway is given; `npm run check -- template` compares it with each. */
  functionMs: 10_000,
  /** By then a request is answered, whatever it still waits for. */
  answerMs: 8_000,
  /** By then the calls that a request has made to AWS are aborted. */
  callsMs: 7_000,
  attemptMs: 4_000,
  connectMs: 1_000,
} as const;

/** Options of every AWS SDK client whose calls somebody waits for. */
export const callOptions = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: timeBudget.connectMs,
    requestTimeout: timeBudget.attemptMs,
    // Without it a timeout is only a warning in the log.
    throwOnRequestTimeout: true,
    httpsAgent: { maxSockets: 100 },
    httpAgent: { maxSockets: 100 },
  },
} as const;
