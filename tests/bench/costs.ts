/** AWS usage of each operation: the functions run in this process with metered clients. */
import { startEmulators } from "../support/platform/platform.ts";
import { budgets } from "./budgets.ts";
import { countRows } from "./counts.ts";
import { measureCommands } from "./lifecycle/commands.ts";
import { type Cost, installMeter, share, sum } from "./meter.ts";
import { alertsAtOnce, measureOperations } from "./operations.ts";
import type { Row } from "./report.ts";
import { measureRules, type RuleCosts } from "./rules.ts";
import { measureSignedIn } from "./signed-in.ts";

export async function measureCosts(): Promise<Row[]> {
  const emulators = await startEmulators();
  Object.assign(process.env, emulators.env, { STAGE: "local", LOG_LEVEL: "error" });
  installMeter();
  try {
    const { accept, open, decide, send } = await measureOperations(emulators, { onCall: false });
    const onCall = await measureOperations(emulators, { onCall: true });
    const section = "Budgets with a schedule";
    return [
      ...budgets.flatMap(({ what, most, cost }) => countRows(section, what, cost(onCall), most)),
      {
        section,
        what: "a correlated alert, updates of the incident",
        value: onCall.correlateMany.incidentWrites / alertsAtOnce,
        unit: "writes",
        aim: { most: 0.2 },
      },
      ...countRows(
        "Budgets without a schedule",
        "a new incident, until its page is sent",
        sum([accept, open, decide, send]),
        { writeUnits: 22, readUnits: 12, dynamodbRequests: 18 },
      ),
      ...(await measureCommands(emulators)).flatMap(({ what, cost, most }) =>
        countRows("Commands on an incident", what, cost, most),
      ),
      ...ruleRows(await measureRules(emulators)),
      ...(await measureSignedIn()),
    ];
  } finally {
    await emulators.stop();
  }
}

function ruleRows({ none, many, cached, suppress, ping, sweep }: RuleCosts): Row[] {
  const section = "Rules, silences and heartbeats";
  const each = (cost: Cost) => share(cost, alertsAtOnce);
  return [
    ...countRows(section, "a correlated alert, once a second, without rules", each(none), {
      writeUnits: 2.1,
      readUnits: 0.3,
      dynamodbRequests: 0.5,
    }),
    ...countRows(section, "a correlated alert, with 100 rules and 50 silences", each(many), {
      writeUnits: 2.1,
      readUnits: 1.5,
      dynamodbRequests: 0.5,
    }),
    ...countRows(section, "a correlated alert, with these in the cache", each(cached), {
      writeUnits: 2.1,
      readUnits: 0.3,
      dynamodbRequests: 0.5,
    }),
    ...countRows(section, "an alert that is silenced", suppress, {
      writeUnits: 4,
      readUnits: 2,
      dynamodbRequests: 4,
    }),
    ...countRows(section, "a heartbeat's ping", ping, {
      writeUnits: 1,
      readUnits: 1,
      dynamodbRequests: 2,
    }),
    ...countRows(section, "a minute's sweep of 50 silences and one heartbeat", sweep, {
      writeUnits: 1,
      readUnits: 25,
      dynamodbRequests: 24,
    }),
  ];
}
