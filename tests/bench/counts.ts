import type { Cost } from "./meter.ts";
import type { Row } from "./report.ts";

/** Billed counts of an operation. */
export type Counts = Pick<Cost, "writeUnits" | "readUnits" | "dynamodbRequests">;

const labels: Readonly<Record<keyof Counts, readonly [what: string, unit: string]>> = {
  writeUnits: ["write units", "units"],
  readUnits: ["read units", "units"],
  dynamodbRequests: ["requests", "requests"],
};

/** Returns a row for each count that has a budget. Counts that are and must be zero have no row. */
export function countRows(section: string, what: string, cost: Counts, most: Partial<Counts>): Row[] {
  return (Object.keys(labels) as (keyof Counts)[]).flatMap((name): Row[] => {
    const [value, limit] = [cost[name], most[name]];
    if (limit === undefined || (limit === 0 && value === 0)) return [];
    const [label, unit] = labels[name];
    return [{ section, what: `${what}, ${label}`, value, unit, aim: { most: limit } }];
  });
}
