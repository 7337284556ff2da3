/**
 * Time limits in milliseconds, each with a margin over the next:
 *
 *     function's timeout (serverless.yml) > a request's response > its calls to dependencies > one attempt of a call
 *
 * A dependency that does not respond thus causes a 503 with Retry-After instead of a killed function.
 */
export const timeBudget = {
  /** Minimum timeout of HTTP functions; `npm run check -- template` compares it with each. */
  functionMs: 10_000,
  /** Time after which a request is answered, regardless of pending work. */
  responseMs: 8_000,
  /** Time after which a request's calls to AWS are aborted. */
  callsMs: 7_000,
  attemptMs: 4_000,
  connectMs: 1_000,
} as const;
