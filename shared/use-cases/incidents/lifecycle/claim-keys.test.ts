import { expect, test } from "vitest";
import { anIncident, monday } from "../../../../tests/support/builders.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { limits } from "../../../domain/limits.ts";
import { incidentStore } from "../../../storage/incidents/incident-store.ts";
import { claimsOf } from "./claim-keys.ts";

test("a reopened incident with more keys than a transaction takes claims those that lead elsewhere first", async () => {
  const incidents = incidentStore(memoryTable(() => monday));
  const resolved = { status: "resolved", resolvedAt: monday, dedupKey: null } as const;
  const firing = Array.from({ length: limits.groupedAlerts }, (_, index) => `firing ${index}`);
  const group = { key: "group", windowSeconds: 300, firing };
  const merged = anIncident({ ...resolved, id: "inc_1", number: 1, group, mergedFiring: ["elsewhere"] });
  await incidents.create(merged, "group");
  const other = await incidents.create(anIncident({ ...resolved, id: "inc_2", number: 2 }), "elsewhere");
  const claims = await claimsOf({ incidents }, merged);
  expect(claims).toHaveLength(limits.groupedAlerts);
  expect(claims).toContainEqual({
    key: "elsewhere",
    from: { incidentId: other.id, revision: undefined },
  });
});
