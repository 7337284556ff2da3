/** List prices of AWS that the bill is made with, in US dollars, without free tiers and taxes. */
export const prices = {
  /** Other regions differ: eu-central-1 is up to a quarter dearer. Look them up before you count on it. */
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

/** What can't be measured on a laptop. */
export const assumed = {
  /** Of an invocation, warm; its log says what it is in truth. */
  billedMs: { http: 20, consumer: 50, schedule: 20 },
  memoryGb: 0.5,
  /** Lambda's own lines of each invocation: START, END, REPORT. */
  lambdaLogBytes: 300,
  /** Long polls of 20 seconds by the five pollers that Lambda keeps for each queue at rest. */
  pollersPerQueue: 5,
  pollSeconds: 20,
} as const;
