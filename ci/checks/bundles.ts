import type { Check } from "./check.ts";
import { type Bundle, deployBundles, gzippedBytes } from "./deploy-bundles.ts";

/** Both clients weigh half of it: every function counts, and so sends. */
const budgetBytes = 500 * 1024;
/** Bundles with a budget of their own. */
const ownBudgetBytes: Readonly<Record<string, number>> = {
  // Rules and silences have regular expressions, which RE2 matches in linear time: a third of a bundle's budget.
  "functions/alerts/correlate-alerts-queue": 640 * 1024,
  "functions/alerts/put-routing-rules": 660 * 1024,
  "functions/alerts/sweep-alerts-schedule": 640 * 1024,
  "functions/oncall/simulate": 660 * 1024,
  // All channels are in it, and with them an SMTP client; nobody waits for its cold start but a queue.
  "functions/notifications/deliver-notification-queue": 680 * 1024,
  // It writes calendars, and nobody waits for it but who subscribed to one.
  "functions/oncall/schedules/get-calendar": 520 * 1024,
  // Every type of integration, and the expressions of the silences that amtool sets.
  "functions/integrations/receive-event": 730 * 1024,
  // It knows all paths, from the very document of the API.
  "functions/system/fallback": 560 * 1024,
  // It carries the document of the API.
  "functions/system/get-openapi": 540 * 1024,
  // Each stands for all pages of the UI, and is warm from the first to the next.
  "functions/web/show-page": 900 * 1024,
  "functions/web/act": 920 * 1024,
};

interface Ban {
  readonly what: string;
  readonly input: RegExp;
  /** Bundles that carry none of it. */
  readonly from: RegExp;
}

const dynamoClient = /node_modules\/@aws-sdk\/(client|lib)-dynamodb\//;
const without = "shared/ code pulls in what the function doesn't need; split it, or wire it lazily";

const bans: readonly Ban[] = [
  {
    what: "dates and zones",
    input: /temporal-polyfill/,
    // Who opens an incident asks who is on call, and so do the pages of the UI.
    // So does whoever reads when a maintenance window ends.
    from: /^functions\/(alerts\/(?!correlate-|sweep-|[a-z]+-(silence|heartbeat)|list-(silences|heartbeats)|put-routing)|integrations\/(?!receive-event)|(access|notifications|system)\/|web\/(?!show-page$|act$))/,
  },
  {
    what: "the clients of channels",
    input: /shared\/channels\/(provider|bulkhead|message)|node_modules\/nodemailer\//,
    from: /^functions\/(?!notifications\/deliver-notification-queue)/,
  },
  { what: "the exporter's metrics", input: /node_modules\/prom-client\//, from: /^functions\// },
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

/** Whether a bundle weighs too much, or carries what its function can't need. */
export function bundleFaults({ name, bytes, inputs }: Bundle): string[] {
  const faults: string[] = [];
  const budget = ownBudgetBytes[name] ?? budgetBytes;
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
