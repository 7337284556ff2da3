import { expect, test } from "vitest";
import { aRecordedAlert, monday } from "../../../tests/support/builders.ts";
import { groupAlerts } from "./alert-groups.ts";

const at = (minute: number, fields: object = {}) =>
  aRecordedAlert({ id: `alt_${minute}`, receivedAt: monday + minute, ...fields });

test("alerts with the same content are one group, the latest group first", () => {
  const alerts = [at(5), at(4, { message: "slow" }), at(3), at(2, { severity: "low" }), at(1)];
  expect(groupAlerts(alerts).map(({ latest, times }) => [latest.id, times])).toEqual([
    ["alt_5", [monday + 5, monday + 3, monday + 1]],
    ["alt_4", [monday + 4]],
    ["alt_2", [monday + 2]],
  ]);
});

test("a resolution is not part of the group that it resolves", () => {
  expect(groupAlerts([at(2, { action: "resolve" }), at(1)])).toHaveLength(2);
  expect(groupAlerts([])).toEqual([]);
});
