import type { Check } from "./check.ts";
import { type Bundle, deployBundles, gzippedBytes } from "./deploy-bundles.ts";

/**
 * Budget of the code that is parsed before the first request. The two SDK clients take half of it: every function
 * records metrics, and therefore sends messages.
 */
const budgetBytes = 405 * 1024;
/** Bundles with individual budgets. */
const ownBudgetBytes: Readonly<Record<string, number>> = {
  // Senders wait for its cold start.
  "functions/alerts/receive-alerts": 320 * 1024,
  // Contains all integration types.
  "functions/integrations/receive-event": 456 * 1024,
  // Contain the first view: its pages and the forms that act on incidents. Others are loaded later.
  "functions/web/show-page": 523 * 1024,
  "functions/web/act": 510 * 1024,
  // Show an incident with who is paged next, which takes dates and zones.
  "functions/web/show-link": 428.5 * 1024,
  "functions/web/follow-link": 453 * 1024,
  // Contain the OpenID Connect client.
  "functions/web/finish-sign-in": 442 * 1024,
  "functions/web/sign-out-at-provider": 426 * 1024,
  "functions/web/receive-logout": 398 * 1024,
  // Execute commands on incidents, and page whoever is on call. Slack's also open incidents, silence
  // alerts and take notes. Vonage's verifies tokens. All look up roles, and record denied answers.
  "functions/notifications/receive-slack-action": 443.5 * 1024,
  "functions/notifications/receive-telegram-update": 412.5 * 1024,
  "functions/notifications/receive-chat-action": 402 * 1024,
  "functions/notifications/receive-sms": 410.5 * 1024,
  "functions/notifications/receive-call": 418 * 1024,
  "functions/notifications/receive-vonage-call": 431 * 1024,
  "functions/notifications/receive-email-reply": 411 * 1024,
  // Contains the clients of all channels, signs the tokens of one, and reads schedules for user groups.
  "functions/notifications/deliver-notification-queue": 456 * 1024,
};

/** Budgets of code that bundles load when they first need it. */
const laterBudgetBytes: Readonly<Record<string, number>> = {
  // Linear-time regular expressions, for rules, silences and matchers that have one.
  re2js: 150 * 1024,
  // Pages of a section. Those of the configuration contain the integration types that they list.
  "first-pages": 50 * 1024,
  // The page for viewers who lack its right.
  "forbidden-view": 2 * 1024,
  // Pages and hours of each person, for insights.
  "read-load": 5 * 1024,
  // Codes of contact methods, which people enter once.
  "verify-method": 25 * 1024,
  "read-readiness": 3 * 1024,
  "incident-pages": 20 * 1024,
  "incident-actions": 12 * 1024,
  "alert-pages": 73 * 1024,
  "alert-actions": 55 * 1024,
  "on-call-pages": 46 * 1024,
  "on-call-actions": 20 * 1024,
  "record-pages": 42 * 1024,
  "configuration-pages": 206 * 1024,
  "configuration-actions": 136 * 1024,
  // Erasure of a person's data, with the stores of what names them.
  "forget-user": 37 * 1024,
  // Use cases of pages beyond the first view, and of forms that change the configuration, with their stores.
  "page-use-cases": 58 * 1024,
  "configuration-use-cases": 52 * 1024,
  // Test events of integrations: examples, and the conversion and acceptance of events.
  "test-events": 122 * 1024,
  // The SMTP client, for platforms that send email.
  mailer: 168 * 1024,
  // The Markdown parser, for notes and descriptions that have some.
  markdown: 105 * 1024,
  "smtp-transport": 75 * 1024,
  // The parser of HTML, for emails without a text.
  "html-text": 200 * 1024,
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
    // Required by functions that open or change incidents, by channels that follow schedules, by pages of the UI, and for
    // maintenance windows.
    from: /^functions\/(alerts\/(?!correlate-|sweep-|[a-z]+-(silence|heartbeat)|list-(silences|heartbeats)|put-routing)|integrations\/(?!receive-event)|(access|system)\/|notifications\/(?!deliver-|receive-(slack-action|sms|telegram-update|chat-action|email-reply|call|vonage-call)$)|web\/(?!show-page$|act$|show-link$|follow-link$))/,
  },
  {
    what: "the clients of channels",
    input: /shared\/channels\/(provider|bulkhead|message|push|\w+\.client\.)/,
    from: /^functions\/(?!notifications\/deliver-notification-queue)/,
  },
  // Loaded later: see infra/build/deferred.ts and bundle.ts.
  { what: "RE2", input: /node_modules\/re2js\//, from: /^functions\// },
  { what: "the SMTP client", input: /node_modules\/nodemailer\//, from: /^functions\// },
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

/** Parts up to this size need no budget of their own, such as an example of an integration. */
const smallPartBytes = 4 * 1_024;

/** Returns the faults of a bundle: too large, or containing code that its function does not need. */
export function bundleFaults({ name, bytes, inputs, later }: Bundle): string[] {
  const faults: string[] = [];
  const budget = bundleBudget(name);
  if (bytes > budget) {
    const largest = [...inputs].sort(([, a], [, b]) => b - a).slice(0, 3);
    faults.push(
      `${name} has ${kib(bytes)}, more than its budget of ${kib(budget)}. Largest parts: ` +
        largest.map(([input, left]) => `${input} (${kib(left)})`).join(", "),
    );
  }
  for (const part of later) {
    const most = laterBudgetBytes[part.name] ?? smallPartBytes;
    if (part.bytes > most)
      faults.push(
        `${name} loads ${part.name} later, which has ${kib(part.bytes)}, more than its budget of ${kib(most)}`,
      );
  }
  for (const { what, input, from } of bans) {
    const unneeded = from.test(name) ? [...inputs.keys()].find((path) => input.test(path)) : undefined;
    if (unneeded) faults.push(`${name} contains ${what} (${unneeded}): ${without}`);
  }
  return faults;
}

function tableOf(all: readonly Bundle[]): string {
  const row = (name: string, ...columns: readonly string[]) =>
    name.padEnd(56) + columns.map((text) => text.padStart(12)).join("");
  const rows = all
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ name, bytes, later, text }) =>
      row(name, kib(bytes), kib(sum(later.map((part) => part.bytes))), kib(gzippedBytes(text))),
    );
  return [row("bundle", "minified", "later", "all, gzip"), ...rows].join("\n");
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}
