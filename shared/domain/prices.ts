/** AWS list prices in US dollars, without free tiers and taxes. */
export const prices = {
  /** Prices differ by region: eu-central-1 costs up to 25% more. Check them before relying on the result. */
  region: "us-east-1",
  asOf: "2025-12",
  httpApi: { perMillionRequests: 1.0 },
  lambdaArm: { perMillionRequests: 0.2, perGbSecond: 0.0000133334 },
  dynamodbOnDemand: {
    perMillionWriteUnits: 0.625,
    perMillionReadUnits: 0.125,
    perGbMonth: 0.25,
    /** Point-in-time recovery. */
    perGbMonthOfBackup: 0.2,
  },
  sqs: { perMillionRequests: 0.4, perMillionFifoRequests: 0.5 },
  logs: { perGb: 0.5, perGbMonth: 0.03 },
  alarms: { perMetricMonth: 0.1 },
} as const;

/** Assumptions that cannot be measured locally. */
export const assumed = {
  /** Billed duration of a warm invocation. The actual value is in its log. */
  billedMs: { http: 20, consumer: 50, schedule: 20 },
  memoryGb: 0.5,
  /** Lambda's own log lines per invocation: START, END, REPORT. */
  lambdaLogBytes: 300,
  /** Long polls of 20 seconds by the five pollers that Lambda keeps per idle queue. */
  pollersPerQueue: 5,
  pollSeconds: 20,
} as const;
