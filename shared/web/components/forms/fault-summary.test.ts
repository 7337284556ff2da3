import { expect, test } from "vitest";
import { labelOfPath } from "./fault-summary.tsx";

test.each([
  ["runbook_url", "Runbook URL"],
  ["team", "Team"],
  ["layers.1.members.0.email", "Layer 2, member 1, email"],
  ["layers.0.rotation.starts_on", "Layer 1, starts on"],
  ["rules.0.targets", "Step 1, targets"],
])("names %s as %s", (path, place) => {
  expect(labelOfPath(path)).toBe(place);
});
