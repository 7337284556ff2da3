/** AWS usage of each operation: the functions run in this process with metered clients. */
import { anIncident } from "../support/builders.ts";
import { startEmulators } from "../support/platform/platform.ts";
import { type Budget, budgets } from "./budgets.ts";
import { request } from "./lambda-events.ts";
import { type Cost, installMeter, metered, share, sum } from "./meter.ts";
import { alertsAtOnce, measureOperations, type Operations } from "./operations.ts";
import { type Row, rounded } from "./report.ts";
import { measureRules, type RuleCosts } from "./rules.ts";
import { seedIncidents } from "./seed.ts";

const section = "DynamoDB units and requests of the functions";

export async function measureCosts(options: { readonly incidents: number }): Promise<Row[]> {
  const emulators = await startEmulators();
  Object.assign(process.env, emulators.env, { STAGE: "local", LOG_LEVEL: "error" });
  installMeter();
  try {
    const { accept, open, decide, send, correlateMany } = await measureOperations(emulators, {
      onCall: false,
    });
    const onCall = await measureOperations(emulators, { onCall: true });
    return [
      rowOf("accept an alert", accept),
      rowOf("open an incident", open),
      rowOf("decide whom to page", decide),
      rowOf("send the page", send),
      rowOf("a new incident, all of these", sum([accept, open, decide, send])),
      ...budgets.flatMap((budget) => budgetRows(budget, onCall)),
      {
        section,
        what: "  updates of the incident for each",
        value: correlateMany.incidentWrites / alertsAtOnce,
        unit: "",
        aim: { most: 0.2 },
      },
      ...ruleRows(await measureRules(emulators)),
      ...(await measureLists(options.incidents)),
    ];
  } finally {
    await emulators.stop();
  }
}

function budgetRows({ what, most, cost }: Budget, operations: Operations): Row[] {
  const spent = cost(operations);
  const rows = { writeUnits: "write units", readUnits: "read units", dynamodbRequests: "requests" } as const;
  return Object.entries(rows).map(([name, unit]) => ({
    section: "Budgets with a schedule",
    what: `${what}, ${unit}`,
    value: spent[name as keyof typeof rows],
    unit: unit === "requests" ? unit : "units",
    aim: { most: most[name as keyof typeof rows] },
  }));
}

function ruleRows({ none, many, remembered, suppress, ping, sweep }: RuleCosts): Row[] {
  const each = (what: string, cost: Cost) => rowOf(what, share(cost, alertsAtOnce));
  return [
    each("a correlated alert, once a second, when there are no rules", none),
    each("  with 100 rules and 50 silences", many),
    each("  with these, remembered", remembered),
    rowOf("an alert that is silenced", suppress),
    rowOf("a heartbeat's ping", ping),
    rowOf("a minute's sweep of 50 silences and one heartbeat", sweep),
  ];
}

async function measureLists(most: number): Promise<Row[]> {
  const list = await import("../../functions/incidents/list-incidents.ts");
  const page = () => metered(() => request(list.handler, "GET", "/api/v1/incidents?limit=50"));
  const small = 100;
  await seed(small - 2, 0);
  const few = await page();
  const startedAt = performance.now();
  await seed(most - small, small);
  const seconds = (performance.now() - startedAt) / 1_000;
  const many = await page();
  return [
    rowOf(`list 50 of ${small} incidents`, few),
    {
      ...rowOf(`list 50 of ${most} incidents`, many),
      beside: `${requestsOf(many)}; seeded in ${rounded(seconds)} s`,
      aim: { most: few.readUnits },
    },
  ];
}

async function seed(count: number, from: number): Promise<void> {
  const { table } = await import("../../shared/runtime/table.ts");
  const incidents = Array.from({ length: count }, (_, index) => anIncident({ number: 1_000 + from + index }));
  await seedIncidents(table(), incidents);
}

function rowOf(what: string, cost: Cost): Row {
  const { writeUnits, readUnits } = cost;
  const text = `${rounded(writeUnits)} write, ${rounded(readUnits)} read`;
  const value = writeUnits === 0 ? readUnits : writeUnits;
  return { section, what, value, text, unit: "units", beside: requestsOf(cost) };
}

function requestsOf({ dynamodbRequests, sqsRequests }: Cost): string {
  return `${rounded(dynamodbRequests)} requests to DynamoDB, ${rounded(sqsRequests)} to SQS`;
}
