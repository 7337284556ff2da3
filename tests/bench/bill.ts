/** `npm run costs`: AWS costs based on measured usage, as a Markdown table. */
import { resolve } from "node:path";
import { createCommand } from "../../infra/command.ts";
import { announceTarget } from "../../infra/operate/target.ts";
import { alarms } from "../../infra/stack/alarms.ts";
import { assumed, prices } from "../../shared/domain/prices.ts";
import { startEmulators } from "../support/platform/platform.ts";
import { type Cost, installMeter } from "./meter.ts";
import { alertsAtOnce, measureOperations, type Operations } from "./operations.ts";

/** Metrics used by alarms, each of which is billed. */
const watched = JSON.stringify(alarms.Resources).split('"MetricStat"').length - 1;

type Kind = keyof typeof assumed.billedMs;

/** Billed usage by origin. */
interface Usage extends Pick<Cost, "writeUnits" | "readUnits" | "storedBytes" | "logBytes"> {
  readonly httpRequests: number;
  readonly invocations: number;
  readonly billedMs: number;
  readonly standardRequests: number;
  readonly fifoRequests: number;
}

/** Usage of one invocation. */
function invocation(kind: Kind, cost: Cost, from?: "fifo" | "standard"): Usage {
  return {
    ...cost,
    httpRequests: kind === "http" ? 1 : 0,
    invocations: 1,
    billedMs: assumed.billedMs[kind],
    logBytes: cost.logBytes + assumed.lambdaLogBytes,
    // Consumed messages cost one receive and one delete request.
    fifoRequests: cost.fifoRequests + (from === "fifo" ? 2 : 0),
    standardRequests: cost.sqsRequests - cost.fifoRequests + (from === "standard" ? 2 : 0),
  };
}

const http = (cost: Cost) => invocation("http", cost);
const consumer = (cost: Cost, from: "fifo" | "standard") => invocation("consumer", cost, from);
const schedule = (cost: Cost) => invocation("schedule", cost);

interface Line {
  readonly what: string;
  readonly usage: readonly Usage[];
  readonly times: number;
}

const million = 1_000_000;
const minutesOfMonth = 30 * 24 * 60;

function linesOf(measured: Operations): Line[] {
  return [
    {
      what: "1 million alerts, one per request",
      usage: [http(measured.accept), consumer(measured.correlateOne, "fifo")],
      times: million,
    },
    {
      what: `1 million alerts, ${alertsAtOnce} per request`,
      usage: [http(measured.acceptMany), consumer(measured.correlateMany, "fifo")],
      times: million / alertsAtOnce,
    },
    {
      what: "1,000 incidents, paged, acknowledged, resolved",
      usage: [
        http(measured.accept),
        consumer(measured.open, "fifo"),
        consumer(measured.decide, "fifo"),
        consumer(measured.send, "standard"),
        http(measured.acknowledge),
        consumer(measured.publishAcknowledged, "fifo"),
        consumer(measured.fireTimer, "standard"),
        http(measured.resolve),
        consumer(measured.publishResolved, "fifo"),
      ],
      times: 1_000,
    },
    {
      what: "idle, per month",
      usage: [
        schedule(measured.sweepTimers),
        schedule(measured.republishEvents),
        schedule(measured.sendHandoffNotices),
        schedule(measured.sweepAlerts),
        schedule(measured.redriveNotifications),
        schedule(measured.sealAuditLog),
        polling,
      ],
      times: minutesOfMonth,
    },
  ];
}

/** Empty receives of Lambda per minute: two FIFO queues and two standard queues. */
const polling: Usage = {
  httpRequests: 0,
  invocations: 0,
  billedMs: 0,
  writeUnits: 0,
  readUnits: 0,
  storedBytes: 0,
  logBytes: 0,
  fifoRequests: (2 * assumed.pollersPerQueue * 60) / assumed.pollSeconds,
  standardRequests: (2 * assumed.pollersPerQueue * 60) / assumed.pollSeconds,
};

const columns = [
  "",
  "write units",
  "read units",
  "API Gateway",
  "Lambda",
  "DynamoDB",
  "SQS",
  "logs",
  "total",
  "stored",
];

function cellsOf({ what, usage, times }: Line): string[] {
  const of = (part: keyof Usage) => usage.reduce((all, one) => all + one[part], 0) * times;
  const { httpApi, lambdaArm, dynamodbOnDemand: table, sqs, logs } = prices;
  const gib = 1024 ** 3;
  const dollars = [
    of("httpRequests") * (httpApi.perMillionRequests / million),
    of("invocations") * (lambdaArm.perMillionRequests / million) +
      (of("billedMs") / 1_000) * assumed.memoryGb * lambdaArm.perGbSecond,
    of("writeUnits") * (table.perMillionWriteUnits / million) +
      of("readUnits") * (table.perMillionReadUnits / million),
    of("standardRequests") * (sqs.perMillionRequests / million) +
      of("fifoRequests") * (sqs.perMillionFifoRequests / million),
    (of("logBytes") / gib) * logs.perGb,
  ];
  return [
    what,
    count(of("writeUnits")),
    count(of("readUnits")),
    ...dollars.map(money),
    money(dollars.reduce((all, one) => all + one, 0)),
    `${(of("storedBytes") / gib).toFixed(3)} GiB`,
  ];
}

function count(units: number): string {
  return Math.round(units).toLocaleString("en-US");
}

function money(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}

function markdown(rows: readonly (readonly string[])[]): string {
  const [head = [], ...rest] = rows.map((cells) => `| ${cells.join(" | ")} |`);
  return [head, `|${" --- |".repeat(columns.length)}`, ...rest].join("\n");
}

export const command = createCommand(
  "costs",
  "Measure what functions use on emulators and estimate the AWS costs.",
  [
    ["", "Print a table in Markdown"],
    ["--json", "Print JSON"],
  ],
)
  .option("--json", "print JSON")
  .action(estimate);

async function estimate({ json = false }: { json?: boolean }): Promise<void> {
  announceTarget("emulators of this measurement");
  process.chdir(resolve(import.meta.dirname, "../.."));
  const emulators = await startEmulators();
  Object.assign(process.env, emulators.env, { STAGE: "local", LOG_LEVEL: "info" });
  installMeter();
  try {
    const measured = await measureOperations(emulators, { onCall: true });
    const rows = linesOf(measured).map(cellsOf);
    if (json) {
      const named = rows.map((cells) =>
        Object.fromEntries(columns.map((name, index) => [name || "operation", cells[index]])),
      );
      return console.log(JSON.stringify(named, null, 2));
    }
    console.log(`${prices.region}, ${prices.asOf}, in US dollars\n`);
    console.log(markdown([columns, ...rows]));
    const { perGbMonth, perGbMonthOfBackup } = prices.dynamodbOnDemand;
    console.log(
      `\nAlarms: ${watched} metrics, ${money(watched * prices.alarms.perMetricMonth)} per month. ` +
        `Storage with backup: ${money(perGbMonth + perGbMonthOfBackup)} per GiB and month.`,
    );
  } finally {
    await emulators.stop();
  }
}
