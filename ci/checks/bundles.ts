import type { Check } from "./check.ts";
import { type Bundle, deployBundles, gzippedBytes } from "./deploy-bundles.ts";

/** The two SDK clients take half of it: every function records metrics, and therefore sends messages. */
const budgetBytes = 460 * 1024;
/** Bundles with individual budgets. */
const ownBudgetBytes: Readonly<Record<string, number>> = {
  // Senders wait for its cold start.
  "functions/alerts/receive-alerts": 380 * 1024,
  // Rules and silences need RE2 for linear-time matching, which takes a third of a bundle's budget.
  "functions/alerts/correlate-alerts-queue": 590 * 1024,
  "functions/alerts/put-routing-rules": 532 * 1024,
  "functions/alerts/create-silence": 594 * 1024,
  "functions/alerts/sweep-alerts-schedule": 570 * 1024,
  "functions/alerts/preview-routing-rules": 532 * 1024,
  "functions/alerts/preview-silence": 594 * 1024,
  "functions/alerts/update-silence": 594 * 1024,
  "functions/oncall/simulate": 620 * 1024,
  // Contains all channels and an SMTP client. Only a queue waits for its cold start.
  "functions/notifications/deliver-notification-queue": 624 * 1024,
  // Contains the calendar library. Only calendar clients wait for it.
  "functions/oncall/schedules/get-calendar": 480 * 1024,
  // Contains all integration types and RE2 for silences.
  "functions/integrations/receive-event": 686 * 1024,
  // Contains the OpenAPI document.
  "functions/system/get-openapi": 500 * 1024,
  // Contain all pages of the UI, so that later pages are warm.
  "functions/web/show-page": 850 * 1024,
  "functions/web/act": 886 * 1024,
};

/** @param name `functions/alerts/get-alert` */
export function bundleBudget(name: string): number {
  return ownBudgetBytes[name] ?? budgetBytes;
}

interface Ban {
  readonly what: string;
  readonly input: RegExp;
  /** Bundles that must not contain it. */
  readonly from: RegExp;
}

const dynamoClient = /node_modules\/@aws-sdk\/(client|lib)-dynamodb\//;
const without = "shared/ code pulls in what the function doesn't need; split it, or wire it lazily";

const bans: readonly Ban[] = [
  {
    what: "dates and zones",
    input: /temporal-polyfill/,
    // Required by functions that open incidents, by pages of the UI, and for maintenance windows.
    from: /^functions\/(alerts\/(?!correlate-|sweep-|[a-z]+-(silence|heartbeat)|list-(silences|heartbeats)|put-routing)|integrations\/(?!receive-event)|(access|notifications|system)\/|web\/(?!show-page$|act$))/,
  },
  {
    what: "the clients of channels",
    input: /shared\/channels\/(provider|bulkhead|message|\w+\.client\.)|node_modules\/nodemailer\//,
    from: /^functions\/(?!notifications\/deliver-notification-queue)/,
  },
  { what: "the exporter's metrics", input: /node_modules\/prom-client\//, from: /^functions\// },
  {
    what: "zod's conversion to JSON Schema",
    input: /zod\/v4\/core\/to-json-schema/,
    from: /^functions\//,
  },
  { what: "zod's locales", input: /zod\/v4\/locales\/(?!en\.)/, from: /^functions\// },
  {
    what: "the DynamoDB client",
    input: dynamoClient,
    from: /^functions\/system\/(get-docs|get-openapi|fallback)/,
  },
];

export const bundles: Check = {
  name: "bundles",
  async run() {
    const all = await deployBundles();
    return { faults: all.flatMap(bundleFaults), details: () => tableOf(all) };
  },
};

/** Returns the faults of a bundle: too large, or containing code that its function does not need. */
export function bundleFaults({ name, bytes, inputs }: Bundle): string[] {
  const faults: string[] = [];
  const budget = bundleBudget(name);
  if (bytes > budget) {
    const largest = [...inputs].sort(([, a], [, b]) => b - a).slice(0, 3);
    faults.push(
      `${name} weighs ${kib(bytes)} of ${kib(budget)}; most of it: ` +
        largest.map(([input, left]) => `${input} (${kib(left)})`).join(", "),
    );
  }
  for (const { what, input, from } of bans) {
    const carried = from.test(name) ? [...inputs.keys()].find((path) => input.test(path)) : undefined;
    if (carried) faults.push(`${name} carries ${what} (${carried}): ${without}`);
  }
  return faults;
}

function tableOf(all: readonly Bundle[]): string {
  const rows = all
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(
      ({ name, bytes, text }) =>
        `${name.padEnd(56)}${kib(bytes).padStart(12)}${kib(gzippedBytes(text)).padStart(12)}`,
    );
  return [`${"bundle".padEnd(56)}${"minified".padStart(12)}${"gzip".padStart(12)}`, ...rows].join("\n");
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
