/** Read units of statistics over many incidents, few of which are open. */
import { anIncident, days, minutes } from "../support/builders.ts";
import { startEmulators } from "../support/platform/platform.ts";
import { countRows } from "./counts.ts";
import { request } from "./lambda-events.ts";
import { installMeter, metered } from "./meter.ts";
import { type Row, rounded } from "./report.ts";
import { seedIncidents } from "./seed.ts";

const spanDays = 30;
/** One incident in so many stays open. */
const openEvery = 1_000;

/** Measures statistics over incidents that were created evenly in the last 30 days. */
export async function measureStats(count: number): Promise<Row[]> {
  const emulators = await startEmulators();
  Object.assign(process.env, emulators.env, { STAGE: "local", LOG_LEVEL: "error" });
  installMeter();
  try {
    const { table } = await import("../../shared/runtime/table.ts");
    const now = Date.now();
    await seedIncidents(
      table(),
      Array.from({ length: count }, (_, index) => {
        const createdAt = now - Math.round(((index + 0.5) * days(spanDays)) / count);
        const times = { acknowledgedAt: createdAt + minutes(1), resolvedAt: createdAt + minutes(2) };
        const fields = { number: index + 1, createdAt };
        return anIncident(index % openEvery === 0 ? fields : { ...fields, status: "resolved", ...times });
      }),
    );
    const { handler } = await import("../../functions/incidents/get-incident-stats.ts");
    const rows: Row[] = [];
    const section = `Statistics, ${count} incidents in ${spanDays} days, ${Math.ceil(count / openEvery)} of them open`;
    // Of these, up to 5 and 20 are for days with an unresolved incident, which take one more each.
    for (const [window, dynamodbRequests] of [
      ["7d", 17],
      ["30d", 56],
    ] as const) {
      const read = () =>
        metered(async () => {
          const { total } = await request(handler, "GET", `/api/v1/incidents/stats?window=${window}`);
          if (!total) throw new Error("The statistics count no incidents");
        });
      const first = await read();
      const cost = await read();
      rows.push(
        {
          section,
          what: `window of ${window}`,
          value: cost.readUnits,
          text: `${rounded(cost.readUnits)} read`,
          unit: "units",
          beside: `the first time ${rounded(first.readUnits)} units`,
          aim: { most: 150 },
        },
        ...countRows(section, `window of ${window}`, cost, { writeUnits: 0, dynamodbRequests }),
      );
    }
    return rows;
  } finally {
    await emulators.stop();
  }
}
